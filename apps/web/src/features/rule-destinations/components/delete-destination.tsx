import { useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type RuleDestination } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { DestroyDialog } from '../../../shared/dialog/destroy-dialog.tsx'
import { destinationUsesQuery, RULE_DESTINATIONS } from '../api.ts'
import { kindOf, nameOf } from '../destination-words.ts'
import { usersInWords } from '../users-in-words.ts'

interface DeleteDestinationProps {
  readonly destination: RuleDestination
  readonly onClose: () => void
}

/** Says first which rules send there: AWS deletes it whoever uses it. */
export function DeleteDestination({ destination, onClose }: DeleteDestinationProps) {
  const client = useQueryClient()
  const uses = useQuery(destinationUsesQuery)
  return (
    <DestroyDialog
      header={`Delete the destination ${nameOf(destination)}`}
      action="Delete destination"
      name={nameOf(destination)}
      consequences={[
        usersInWords(destination, uses),
        'AWS IoT deletes it all the same. Actions that send there fail from then on: their messages go to the error action of the rule, or are lost.',
        kindOf(destination) === 'HTTP'
          ? 'A new destination for the same URL has to be confirmed again.'
          : 'A new one has another ARN, which the rules have to be given.',
      ]}
      failure="The destination could not be deleted"
      onDestroy={async () => {
        await api(endpoints.deleteRuleDestination, { params: { arn: destination.arn } })
        await client.invalidateQueries({ queryKey: RULE_DESTINATIONS })
      }}
      onClose={onClose}
    />
  )
}
