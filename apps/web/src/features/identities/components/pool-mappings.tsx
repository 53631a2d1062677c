import { useQuery } from '@tanstack/react-query'
import type { IdentityPool } from '@thingdeck/contract'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { identityPoolQuery } from '../api.ts'
import { matchWords } from '../match-words.ts'
import { RoleOf } from './pool-facts.tsx'

interface Row {
  readonly id: string
  readonly provider: string
  readonly when: string
  readonly roleArn: string | undefined
  readonly otherwise: string | undefined
}

const COLUMNS: readonly ListColumn<Row>[] = [
  {
    id: 'when',
    header: 'Who',
    isRowHeader: true,
    minWidth: 240,
    cell: ({ when }) => <NameText text={when} />,
  },
  { id: 'provider', header: 'Signed in by', minWidth: 200, cell: ({ provider }) => <NameText text={provider} /> },
  {
    id: 'role',
    header: 'Gets the role',
    minWidth: 220,
    cell: ({ roleArn, otherwise }) => (roleArn === undefined ? otherwise : <RoleOf arn={roleArn} as="cognito" />),
  },
]

const WORDS: ListWords = {
  title: 'Roles by login',
  one: 'rule',
  many: 'rules',
  description: 'Of each login provider the first rule that matches decides.',
  empty: { title: 'No mapping', text: 'Whoever signed in gets the role of who signed in, above.' },
}

/** Which login gets which role, in the order in which it is decided. */
export function PoolMappings({ pool: { identityPoolId, roles } }: { readonly pool: IdentityPool }) {
  const query = useQuery(identityPoolQuery(identityPoolId))
  const rows = (roles?.mappings ?? []).flatMap(({ provider, type, ambiguous, rules }): Row[] => {
    const row = (id: string, when: string, roleArn: string | undefined, otherwise?: string): Row => ({
      id: `${provider} ${id}`,
      provider,
      when,
      roleArn,
      otherwise,
    })
    return [
      ...(type === 'Token'
        ? [row('token', 'Whose token names a role', undefined, 'The one that the token prefers')]
        : []),
      ...rules.map(({ claim, match, value, roleArn }, index) =>
        row(String(index), `${claim} ${matchWords(match)} ${value}`, roleArn),
      ),
      ambiguous === 'AuthenticatedRole'
        ? row('otherwise', 'Everybody else', roles?.authenticated, 'The role of who signed in')
        : row('otherwise', 'Everybody else', undefined, 'None: no credentials'),
    ]
  })
  return (
    <List
      name="identity-pool-mappings"
      variant="container"
      words={WORDS}
      columns={COLUMNS}
      rowId={({ id }) => id}
      source={wholeOf(query, rows)}
      paging="endless"
    />
  )
}
