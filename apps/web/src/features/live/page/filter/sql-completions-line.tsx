import Button from '@cloudscape-design/components/button'
import { useSeenMessages } from '../../../../shared/seen-messages/use-seen-messages.ts'
import { sqlCompletions } from './sql-completions.ts'

interface SqlCompletionsLineProps {
  /** The filter as it is typed, with SQL in it. */
  readonly text: string
  readonly onChoose: (text: string) => void
}

/** What the SQL of a filter may go on with: the next Tab stops behind the field. */
export default function SqlCompletionsLine({ text, onChoose }: SqlCompletionsLineProps) {
  const seen = useSeenMessages(undefined, false)
  const options = sqlCompletions(text, seen)
  if (options.length === 0) return null
  return (
    <fieldset className="td-sql-completions" aria-label="The SQL may go on with">
      {options.map(({ label, text: whole, words }) => (
        <span key={label} title={words}>
          <Button variant="inline-link" onClick={() => onChoose(whole)}>
            {label}
          </Button>
        </span>
      ))}
    </fieldset>
  )
}
