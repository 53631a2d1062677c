import Table from '@cloudscape-design/components/table'
import type { DecidedNeed } from '@thingdeck/policies'
import { type ContextDemand, contextDemands, PolicyContext } from '@thingdeck/policies'
import type { PolicySet } from '../../../shared/authorization/policy-set.ts'
import { visible } from '../../../shared/text/visible.tsx'

interface VariablesProps {
  readonly need: DecidedNeed | undefined
  readonly policies: PolicySet
}

/** What the policies ask for beside the action and the resource, and what it is on this connection. */
export function Variables({ need, policies }: VariablesProps) {
  const context = need?.context ?? new PolicyContext()
  const demands = new Map<string, ContextDemand & { policies: readonly string[] }>()
  for (const { policyName, document } of policies.named) {
    for (const demand of contextDemands(document)) {
      const before = demands.get(demand.key.folded)
      demands.set(demand.key.folded, { ...(before ?? demand), policies: [...(before?.policies ?? []), policyName] })
    }
  }
  if (demands.size === 0) return <p className="td-weak">These policies ask for no variable and have no condition.</p>
  return (
    <Table
      variant="embedded"
      wrapLines
      items={[...demands.values()]}
      ariaLabels={{ tableLabel: 'Variables and condition keys' }}
      columnDefinitions={[
        {
          id: 'key',
          header: 'Variable or key',
          isRowHeader: true,
          cell: ({ key }) => <span className="td-mono">{key.text}</span>,
        },
        {
          id: 'value',
          header: 'Value here',
          cell: ({ key, isVariable }) => (
            <Value value={context.get(key)} substituted={isVariable ? context.substitute(key) : ''} />
          ),
        },
        { id: 'policies', header: 'Asked for by', cell: ({ policies: names }) => names.join(', ') },
      ]}
    />
  )
}

interface ValueProps {
  readonly value: string | readonly string[] | undefined
  readonly substituted: string | undefined
}

function Value({ value, substituted }: ValueProps) {
  if (value === undefined) return <em>none: what asks for it does not match</em>
  const text = [value].flat().join(', ')
  return (
    <>
      <span className="td-mono">{visible(text)}</span>
      {substituted === undefined && ' – not put in place of a variable: it is a list, or has one of * $ + ? # in it'}
    </>
  )
}
