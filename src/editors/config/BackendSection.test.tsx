import React, { useState } from 'react';

import type { DataSourceSettings } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type { BackendDefinition, SettingsField } from '../../backends/backend';
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
  return { id, label: `Store ${id}`, description: `About ${id}.`, settingsFields } as unknown as BackendDefinition;
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
  it('offers no choice where there is none', () => {
    renderSection([definition('one', [wireField])]);
    expect(screen.queryByLabelText('Backend')).not.toBeInTheDocument();
    expect(screen.getByText('About one.')).toBeInTheDocument();
    expect(screen.getByLabelText('Wire format')).toHaveValue('Find out');
  });

  it('chooses among several, and shows the settings of the chosen one only', async () => {
    const { saved, user } = renderSection([definition('one', [wireField]), definition('two')], { kept: 1 });
    expect(screen.getByLabelText('Backend')).toHaveValue('Store one');

    await user.click(screen.getByLabelText('Backend'));
    await user.click(await screen.findByRole('option', { name: /Store two/ }));

    expect(saved.current).toEqual({ backend: 'two', kept: 1 });
    expect(screen.queryByLabelText('Wire format')).not.toBeInTheDocument();
  });

  it('writes a settings field under its own key', async () => {
    const { saved, user } = renderSection([definition('one', [wireField])]);
    await user.click(screen.getByLabelText('Wire format'));
    await user.click(await screen.findByRole('option', { name: 'Old' }));
    expect(saved.current).toEqual({ wire: 'old' });
  });

  it('says so when a stored choice is unknown', () => {
    renderSection([definition('one', [wireField])], { backend: 'gone' });
    expect(screen.getByRole('alert')).toHaveTextContent('does not know the backend "gone"');
  });

  it('says so when a stored setting is unknown', () => {
    renderSection([definition('one', [wireField])], { wire: 'hex' });
    expect(screen.getByRole('alert')).toHaveTextContent('"hex" is not one of the choices');
    expect(screen.getByLabelText('Wire format')).toHaveValue('hex');
  });
});
