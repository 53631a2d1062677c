import Alert from '@cloudscape-design/components/alert'
import { explain } from '@thingdeck/policies'
import { Compared } from '../../../shared/authorization/compared.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import type { AwsAnswers, AwsWord, Comparison } from '../use-aws-answers.ts'

interface AwsComparisonProps {
  readonly word: AwsWord | undefined
  readonly answers: AwsAnswers
}

/** What AWS says to one check: that it is the same, or both reasons. */
export function AwsComparison({ word, answers: { untold, skipped } }: AwsComparisonProps) {
  const left = skipped.length > 0 && ` AWS was asked without ${skipped.join(', ')}: it can be told of no other text.`
  switch (word?.kind) {
    case undefined:
    case 'asking':
      return null
    case 'not-asked':
      return <div className="td-weak">AWS was not asked: {word.why}</div>
    case 'failed':
      return <ErrorAlert error={word.error} what="AWS did not say" />
    case 'answered':
      if (word.isSame) return <div>AWS says the same (TestAuthorization).{left}</div>
      return (
        <Alert type="warning" header="AWS says otherwise: one of the two is at fault">
          {word.comparisons
            .filter(({ isSame }) => !isSame)
            .map((comparison) => (
              <Difference key={comparison.action} {...comparison} />
            ))}
          {untold.length > 0 && `AWS could not be told of ${untold.join(', ')}: that may be the reason. `}
          {left}
        </Alert>
      )
  }
}

function Difference({ here, aws }: Comparison) {
  return (
    <Compared>
      <dt>Here</dt>
      <dd>{explain(here)}</dd>
      <dt>AWS</dt>
      <dd>
        <span className="td-mono">{aws.decision}</span>
        {aws.allowedBy.length > 0 && `, allowed by ${aws.allowedBy.join(', ')}`}
        {aws.deniedBy.length > 0 && `, denied by ${aws.deniedBy.join(', ')}`}
        {aws.missing.length > 0 && `; without a value: ${aws.missing.join(', ')}`}
      </dd>
    </Compared>
  )
}
