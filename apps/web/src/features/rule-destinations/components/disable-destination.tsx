import { useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type RuleDestination } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { destinationUsesQuery, RULE_DESTINATIONS } from '../api.ts'
import { nameOf } from '../destination-words.ts'
import { usersInWords } from '../users-in-words.ts'

interface DisableDestinationProps {
  readonly destination: RuleDestination
  readonly onClose: () => void
}

/** Says first which rules fail while it is disabled. */
export function DisableDestination({ destination, onClose }: DisableDestinationProps) {
  const client = useQueryClient()
  const uses = useQuery(destinationUsesQuery)
  return (
    <ConfirmDialog
      header={`Disable the destination ${nameOf(destination)}?`}
      action="Disable destination"
      failure="The destination could not be disabled"
      onConfirm={async () => {
        await api(endpoints.updateRuleDestination, { params: { arn: destination.arn }, body: { status: 'DISABLED' } })
        await client.invalidateQueries({ queryKey: RULE_DESTINATIONS })
      }}
      onClose={onClose}
    >
      <Consequences
        list={[
          usersInWords(destination, uses),
          'Actions that send there fail while it is disabled: their messages go to the error action of the rule, or are lost.',
          'It can be enabled again without a new token.',
        ]}
      />
    </ConfirmDialog>
  )
}
