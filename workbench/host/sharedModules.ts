import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as grafanaData from '@grafana/data';
import * as grafanaDataUnstable from '@grafana/data/unstable';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaRuntimeUnstable from '@grafana/runtime/unstable';
import * as grafanaUi from '@grafana/ui';
import * as grafanaUiUnstable from '@grafana/ui/unstable';
import * as d3 from 'd3';
import i18next from 'i18next';
import jquery from 'jquery';
import lodash from 'lodash';
// Plugins may not import it, yet the loader must offer it to those that do.
// eslint-disable-next-line no-restricted-imports
import moment from 'moment';
import prism from 'prismjs';
import * as React from 'react';
import * as ReactDom from 'react-dom';
import * as jsxDevRuntime from 'react/jsx-dev-runtime';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactRedux from 'react-redux';
import * as reactRouter from 'react-router-dom-v5-compat';
import * as redux from 'redux';
import * as rxjs from 'rxjs';
import * as slate from 'slate';
import slatePlainSerializer from 'slate-plain-serializer';
import type { SharedModuleName } from './sharedModuleNames';

/** CommonJS packages as SystemJS hands them to AMD code: `define(['lodash'], (_) => …)` receives the package itself. */
const commonJs = (exported: object) => ({ ...exported, default: exported, __useDefault: true });

/**
 * The host's copy of each module a plugin shares with Grafana. Two copies of React, RxJS or `@grafana/runtime` on one
 * page would not know each other's contexts and singletons.
 */
export const sharedModules: Record<SharedModuleName, object> = {
  '@emotion/css': emotionCss,
  '@emotion/react': emotionReact,
  '@grafana/data': grafanaData,
  '@grafana/data/unstable': grafanaDataUnstable,
  '@grafana/runtime': grafanaRuntime,
  '@grafana/runtime/unstable': grafanaRuntimeUnstable,
  '@grafana/ui': grafanaUi,
  '@grafana/ui/unstable': grafanaUiUnstable,
  emotion: emotionCss,
  i18next: { ...i18next, default: i18next, __useDefault: true },
  lodash: commonJs(lodash),
  moment: commonJs(moment),
  react: { ...React, default: React },
  'react-dom': { ...ReactDom, default: ReactDom },
  'react-router': reactRouter,
  'react/jsx-dev-runtime': jsxDevRuntime,
  'react/jsx-runtime': jsxRuntime,
  rxjs,
  d3,
  jquery: commonJs(jquery),
  prismjs: commonJs(prism),
  'react-redux': reactRedux,
  redux,
  slate,
  'slate-plain-serializer': { default: slatePlainSerializer },
};
