import Button from '@cloudscape-design/components/button'
import { formatCount } from '../../../../shared/format.ts'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import type { AskedService, RehearsalAnswer } from '../protocol.ts'
import { RealCall } from './real-call.tsx'

/** Why the console puts a question to nobody, of functions of which that is not plain. */
const WHY_NOT: Readonly<Record<string, string>> = {
  get_secret: 'It is never really read: the secret would come to whoever rehearses, who may not be let read it.',
  decode: 'The console cannot do this itself: it does not read descriptors from S3.',
}

interface QuestionProps {
  readonly question: AskedService
  /** What an answer of the function looks like. */
  readonly example: string
  readonly onAnswer: (answer: RehearsalAnswer) => void
}

/** What a function of the SQL asked, and nobody has answered: it is filled in, or really asked. */
export function Question({ question, example, onAnswer }: QuestionProps) {
  const { functionName, args, count, call } = question
  return (
    <li className="td-rehearsal-question">
      <span className="td-mono">
        <VisibleText text={`${functionName}(${args})`} />
      </span>
      <span className="td-weak">asked {count === 1 ? 'once' : `${formatCount(count)} times`}</span>
      <Button
        variant="inline-link"
        ariaLabel={`Fill in what ${functionName}(${args}) answers`}
        onClick={() => onAnswer({ functionName, pattern: args, answer: example })}
      >
        Fill in
      </Button>
      {call ? (
        <RealCall call={call} onAnswer={(answer) => onAnswer({ functionName, pattern: args, ...answer })} />
      ) : (
        <span className="td-weak">{WHY_NOT[functionName] ?? 'The console cannot ask this itself.'}</span>
      )}
    </li>
  )
}
