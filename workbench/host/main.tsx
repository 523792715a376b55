import type { DataSourceApi, DataSourceInstanceSettings } from '@grafana/data';
import React from 'react';
import { createRoot } from 'react-dom/client';
import { interceptLinkClicks } from './interceptLinkClicks';
import { loadPlugin, type LoadedPlugin } from './loadPlugin';
import { LokiDataSource } from './logs/LokiDataSource';
import { installServices } from './services/installServices';
import { Shell } from './shell';
import { completeMeta, fetchWorkbenchConfig } from './workbenchConfig';

/** As Grafana's data source service makes an instance: the class, then its plugin's parts on it. */
function instantiate(
  plugin: LoadedPlugin,
  pluginId: string,
  settings: DataSourceInstanceSettings
): DataSourceApi | undefined {
  if (settings.type === 'loki') {
    return new LokiDataSource(settings);
  }
  if (settings.type !== pluginId) {
    return undefined;
  }
  const instance = new plugin.DataSourceClass(settings);
  instance.components = plugin.components;
  instance.meta ??= settings.meta;
  return instance;
}

async function start(root: HTMLElement): Promise<void> {
  const config = await fetchWorkbenchConfig();
  let plugin: LoadedPlugin | undefined;
  const services = await installServices((settings) => instantiate(plugin!, config.pluginId, settings));
  plugin = await loadPlugin(completeMeta(config));
  createRoot(root).render(<Shell plugin={plugin} services={services} initialConfig={config} />);
}

const root = document.getElementById('reactRoot')!;
document.addEventListener('click', interceptLinkClicks);
start(root).catch((error: Error) => {
  console.error(error);
  const message = document.createElement('pre');
  message.setAttribute('role', 'alert');
  message.style.cssText = 'margin:2rem;white-space:pre-wrap;color:#f55f3e;font:14px monospace';
  message.textContent = `The workbench could not start.\n\n${error.message}`;
  root.replaceChildren(message);
});
