import Table from '@cloudscape-design/components/table'
import type { CommandParameter } from '@thingdeck/contract'
import { capitalised } from '../../../shared/format.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { conditionsInWords, defaultText, TYPE_WORDS } from '../words/parameters.ts'

/** What is asked for when a command is sent. */
export function ParameterList({ parameters }: { readonly parameters: readonly CommandParameter[] }) {
  return (
    <Table
      variant="embedded"
      wrapLines
      items={parameters}
      trackBy="name"
      ariaLabels={{ tableLabel: 'Parameters' }}
      columnDefinitions={[
        {
          id: 'name',
          header: 'Parameter',
          isRowHeader: true,
          cell: ({ name, description }) => (
            <>
              <span className="td-mono">{visible(name)}</span>
              {description !== undefined && <div className="td-weak">{visible(description)}</div>}
            </>
          ),
        },
        { id: 'type', header: 'Type', cell: ({ type }) => (type === undefined ? '–' : TYPE_WORDS[type]) },
        {
          id: 'conditions',
          header: 'Has to be',
          cell: (parameter) => visible(capitalised(conditionsInWords(parameter) ?? 'anything of its type')),
        },
        {
          id: 'default',
          header: 'Where nothing is given',
          cell: (parameter) => {
            const taken = defaultText(parameter)
            return taken === undefined ? (
              <span className="td-weak">A value has to be given</span>
            ) : (
              <span className="td-mono">{visible(taken)}</span>
            )
          },
        },
      ]}
    />
  )
}
