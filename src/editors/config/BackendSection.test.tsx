import React, { useState } from 'react';

import type { DataSourceSettings } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type { BackendDefinition, SettingsField } from '../../backends/backend';
import { backendDefinitions } from '../../backends/index';
import type { TraceJsonData } from '../../datasource/settings';
import { BackendSection } from './BackendSection';

const wireField: SettingsField = {
  key: 'wire',
  label: 'Wire format',
  description: 'How the store talks.',
  options: [
    { value: 'auto', label: 'Find out' },
    { value: 'old', label: 'Old' },
  ],
  defaultValue: 'auto',
};

function definition(id: string, settingsFields: readonly SettingsField[] = []): BackendDefinition {
  const known: Partial<BackendDefinition> = { id, label: `Store ${id}`, description: `About ${id}.`, settingsFields };
  return { ...backendDefinitions[0], ...known };
}

function renderSection(definitions: readonly BackendDefinition[], jsonData: TraceJsonData = {}) {
  const saved = { current: jsonData };
  function Page() {
    const [options, setOptions] = useState({ jsonData, readOnly: false } as DataSourceSettings<TraceJsonData>);
    saved.current = options.jsonData;
    return <BackendSection options={options} onOptionsChange={setOptions} definitions={definitions} />;
  }
  render(<Page />);
  return { saved, user: userEvent.setup() };
}

describe('BackendSection', () => {
  it.each<[string, TraceJsonData]>([
    ['nothing is stored', {}],
    ['nothing but the default of a setting is stored', { wire: 'auto' }],
    ['that is stored', { backend: 'auto', wire: 'old' }],
  ])('finds out which store answers where %s', (_, jsonData) => {
    renderSection([definition('one', [wireField]), definition('two')], jsonData);
    expect(screen.getByLabelText('Backend')).toHaveValue('Find out');
    expect(screen.getByText('Asks the server whether it is Store one or Store two.')).toBeInTheDocument();
    expect(screen.queryByLabelText('Wire format')).not.toBeInTheDocument();
  });

  it('takes the store whose settings were saved before there was a choice', () => {
    renderSection([definition('one', [wireField]), definition('two')], { wire: 'old' });
    expect(screen.getByLabelText('Backend')).toHaveValue('Store one');
    expect(screen.getByLabelText('Wire format')).toHaveValue('Old');
  });

  it('goes back from a choice to finding out', async () => {
    const { saved, user } = renderSection([definition('one', [wireField]), definition('two')], { backend: 'one' });
    await user.click(screen.getByLabelText('Backend'));
    await user.click(await screen.findByRole('option', { name: /Find out/ }));
    expect(saved.current).toEqual({ backend: 'auto' });
  });

  it('chooses among several, and shows the settings of the chosen one only', async () => {
    const { saved, user } = renderSection([definition('one', [wireField]), definition('two')], { kept: 1 });

    await user.click(screen.getByLabelText('Backend'));
    await user.click(await screen.findByRole('option', { name: /^Store two/ }));

    expect(saved.current).toEqual({ backend: 'two', kept: 1 });
    expect(screen.queryByLabelText('Wire format')).not.toBeInTheDocument();
  });

  it('writes a settings field under its own key', async () => {
    const { saved, user } = renderSection([definition('one', [wireField])], { backend: 'one' });
    await user.click(screen.getByLabelText('Wire format'));
    await user.click(await screen.findByRole('option', { name: 'Old' }));
    expect(saved.current).toEqual({ backend: 'one', wire: 'old' });
  });

  it('says so when a stored choice is unknown', () => {
    renderSection([definition('one', [wireField])], { backend: 'gone' });
    expect(screen.getByRole('alert')).toHaveTextContent('does not know the backend "gone"');
  });

  it('says so when a stored setting is unknown', () => {
    renderSection([definition('one', [wireField])], { backend: 'one', wire: 'hex' });
    expect(screen.getByRole('alert')).toHaveTextContent('"hex" is not one of the choices');
    expect(screen.getByLabelText('Wire format')).toHaveValue('hex');
  });
});
