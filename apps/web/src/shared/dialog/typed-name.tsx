import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'

interface TypedNameProps {
  /** 'To delete it, type pump-7' */
  readonly label: string
  /** What the name is. */
  readonly description?: string | undefined
  readonly typed: string
  readonly onType: (typed: string) => void
}

/** Has a name typed, letter by letter, before what bears it is harmed. */
export const TypedName = ({ label, description, typed, onType }: TypedNameProps) => (
  <FormField label={label} description={description} stretch>
    <Input value={typed} autoComplete={false} spellcheck={false} onChange={({ detail }) => onType(detail.value)} />
  </FormField>
)
