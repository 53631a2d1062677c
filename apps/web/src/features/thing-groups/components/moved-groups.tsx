import Table from '@cloudscape-design/components/table'
import { thingsText } from '../../../shared/list/looked-cell.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import type { GroupNode } from '../group-subtree.ts'
import { type MoveWish, placeAfter } from '../thing-group-move.ts'

/** Which groups a move is of, where each stands then, and what it has. */
export function MovedGroups({ wish }: { readonly wish: MoveWish }) {
  return (
    <Table<GroupNode>
      variant="embedded"
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: 'What becomes of the groups' }}
      items={wish.subtree.nodes}
      trackBy={({ group }) => group.thingGroupName}
      columnDefinitions={[
        {
          id: 'now',
          header: 'Now',
          isRowHeader: true,
          cell: ({ group }) => <Place path={[...group.parents, group.thingGroupName]} />,
        },
        { id: 'then', header: 'Then', cell: ({ group }) => <Place path={placeAfter(wish, group)} /> },
        {
          id: 'things',
          header: 'Things in it',
          cell: ({ thingNames = [] }) => thingsText({ count: thingNames.length, isAtLeast: false }),
        },
        {
          id: 'policies',
          header: 'Its policies',
          cell: ({ policyNames }) => (policyNames.length === 0 ? '–' : policyNames.join(', ')),
        },
      ]}
    />
  )
}

/** `site › hall-2 › lamps` */
const Place = ({ path }: { readonly path: readonly string[] }) => <NameText text={path.join(' › ')} />
