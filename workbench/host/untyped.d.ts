declare module '*.md?raw' {
  const text: string;
  export default text;
}

// Shared with plugins as they are; the host calls none of them.
declare module 'd3';
declare module 'prismjs';
declare module 'slate';
declare module 'slate-plain-serializer';
