import { XYCanvas, type UPlotConfigBuilder } from '@grafana/ui';
import React, { useLayoutEffect, useState, type ReactNode } from 'react';

/** What an overlay needs of the plot below it: where a value lies, in CSS pixels of the plotting area. */
export interface Plot {
  readonly bbox: { readonly left: number; readonly top: number; readonly height: number };
  valToPos(value: number, scaleKey: string): number;
  posToVal(position: number, scaleKey: string): number;
}

interface PlotOverlayProps {
  readonly config: UPlotConfigBuilder;
  readonly children: (plot: Plot) => ReactNode;
}

/** Elements over the plotting area of a plot, rendered again whenever it draws itself. */
export function PlotOverlay({ config, children }: PlotOverlayProps) {
  const [drawn, setDrawn] = useState<{ readonly plot: Plot }>();
  // Before the plot is made: its chart is the parent, whose effects run after this one.
  useLayoutEffect(() => {
    let isMounted = true;
    config.addHook('draw', (plot) => isMounted && setDrawn({ plot }));
    return () => {
      isMounted = false;
    };
  }, [config]);
  if (!drawn) {
    return null;
  }
  const { left, top } = drawn.plot.bbox;
  return (
    <XYCanvas left={left / devicePixelRatio} top={top / devicePixelRatio}>
      {children(drawn.plot)}
    </XYCanvas>
  );
}
