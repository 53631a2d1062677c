import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { RehearsedRule, Sender } from '../protocol.ts'

const FIELDS: readonly {
  readonly member: keyof Sender
  readonly asks: RegExp
  readonly label: string
  readonly description: string
}[] = [
  {
    member: 'clientId',
    asks: /\bclientid\s*\(/i,
    label: 'Client id of the sender',
    description: 'What clientid() says; without it n/a.',
  },
  {
    member: 'principal',
    asks: /\bprincipal\s*\(/i,
    label: 'Principal of the sender',
    description: 'What principal() says: the id of a certificate, say; without it Undefined.',
  },
  {
    member: 'sourceIp',
    asks: /\bsourceip\s*\(/i,
    label: 'Address of the sender',
    description: 'What sourceip() says; without it Undefined.',
  },
]

interface SenderFieldsProps {
  readonly rule: RehearsedRule
  readonly sender: Sender
  readonly onChange: (sender: Sender) => void
}

/** Who is taken to have sent a message: MQTT does not tell whoever receives it, and the rule asks. */
export function SenderFields({ rule, sender, onChange }: SenderFieldsProps) {
  const text = JSON.stringify(rule)
  const asked = FIELDS.filter(({ asks }) => asks.test(text))
  if (asked.length === 0) return null
  return (
    <fieldset className="td-rehearsal-answer" aria-label="Sender">
      <p className="td-weak">
        The rule asks who sent a message, which MQTT does not tell those who receive it. For messages of which it is not
        known:
      </p>
      <SpaceBetween size="s">
        {asked.map(({ member, label, description }) => (
          <FormField key={member} label={label} description={description} stretch>
            <Input
              value={sender[member] ?? ''}
              spellcheck={false}
              onChange={({ detail }) =>
                onChange({ ...sender, [member]: detail.value === '' ? undefined : detail.value })
              }
            />
          </FormField>
        ))}
      </SpaceBetween>
    </fieldset>
  )
}
