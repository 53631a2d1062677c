import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { JobTargetsCount } from '@thingdeck/contract'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { TagsField } from '../../../shared/tags/tags-field.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { alreadyInWords } from '../words/package-versions.ts'
import { summaryOf, warningsOf } from '../words/summary.ts'
import type { JobValues } from './job-values.ts'
import { useVersionTargets } from './use-version-targets.ts'

interface ReviewStepProps {
  readonly form: Form<JobValues>
  readonly counted: JobTargetsCount | undefined
}

/** What will happen, in sentences, before anything does. */
export function ReviewStep({ form, counted }: ReviewStepProps) {
  const { jobId, source, document, documentSource, template, managed } = form.values
  const versions = useVersionTargets(form.values)
  const warnings = warningsOf(form.values, counted)
  return (
    <SpaceBetween size="l">
      {warnings.map((warning) => (
        <Alert key={warning} type="warning">
          {warning}
        </Alert>
      ))}
      <Container header={<Header variant="h2">What happens with {visible(jobId)}</Header>}>
        <Consequences list={[...summaryOf(form.values, counted), ...alreadyInWords(versions)]} />
      </Container>
      <Container header={<Header variant="h2">What the devices are told</Header>}>
        {source === 'document' ? (
          <JsonEditor label="Document to be sent" text={document} onChange={() => {}} readOnly />
        ) : (
          <span className="td-mono">
            {visible(source === 's3' ? documentSource : source === 'template' ? template : managed)}
          </span>
        )}
      </Container>
      <TagsField field={form.field('tags')} />
    </SpaceBetween>
  )
}
