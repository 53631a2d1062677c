import Box from '@cloudscape-design/components/box'
import { useQueryClient } from '@tanstack/react-query'
import { ConfirmationToken, endpoints, type RuleDestination } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { RULE_DESTINATIONS } from '../api.ts'
import { confirmationTokenIn } from '../confirmation-token.ts'
import { nameOf } from '../destination-words.ts'

interface ConfirmDestinationProps {
  readonly destination: RuleDestination
  readonly onClose: () => void
}

const { maxLength } = limitsOf(ConfirmationToken, '')

/** Takes the token that AWS IoT sent to the URL. It goes to AWS IoT, and is kept nowhere. */
export function ConfirmDestination({ destination, onClose }: ConfirmDestinationProps) {
  const client = useQueryClient()
  const { flash } = useFlash()
  const { arn } = destination
  const form = useForm({
    initial: { token: '' },
    rules: { token: whatIsWrong },
    fieldsOfCodes: { InvalidRequestException: 'token' },
    submit: ({ token }) =>
      api(endpoints.confirmRuleDestination, {
        params: { arn },
        body: { confirmationToken: confirmationTokenIn(token) ?? '' },
      }),
    onDone: ({ status }) => {
      flash({
        id: `destination ${arn}`,
        type: 'success',
        header:
          status === 'ENABLED'
            ? `${nameOf(destination)} is confirmed and enabled`
            : `${nameOf(destination)} is confirmed; it is ${status}: enable it to send there`,
      })
      void client.invalidateQueries({ queryKey: RULE_DESTINATIONS })
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header="Confirm destination"
      action="Confirm destination"
      failure="The destination could not be confirmed"
      onClose={onClose}
    >
      <Box variant="p">
        AWS IoT sent a POST to <NameText text={nameOf(destination)} />, with a token in the parameter confirmationToken
        and in the body. It is in the log of that endpoint, or on the screen of whoever runs it. A new one makes the old
        one void.
      </Box>
      <TextField
        field={form.field('token')}
        label="Token"
        description="The token, the enableUrl, the line of the log, or the whole body of the request."
        rows={3}
      />
    </FormDialog>
  )
}

function whatIsWrong(text: string): string | undefined {
  if (text.trim() === '') return 'This cannot be empty.'
  const token = confirmationTokenIn(text)
  if (token === undefined) return 'There is no token in this: paste the enableUrl or confirmationToken of the request.'
  return maxLength !== undefined && token.length > maxLength
    ? `A token has at most ${maxLength} characters.`
    : undefined
}
