import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, MOST_ROTATION_THINGS, type RotationPreview, type RotationTargets } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { ConfirmDialog } from '../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../shared/dialog/consequences.tsx'
import { RadioField, SelectField, TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { formatCount } from '../../shared/format.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { IndexQueryField, ThingNamesField } from '../../shared/things/which-things-fields.tsx'
import { ROTATIONS } from './api.ts'
import type { CreateRotationSearch } from './search.ts'
import { thingsInWords } from './stage-words.ts'
import { previewInWords, type TargetsValues, targetsIn, targetsOf } from './targets.ts'

const WAYS = [
  { value: 'things', label: 'These things, by name' },
  { value: 'group', label: 'All things of a group, and of the groups below it' },
  { value: 'query', label: 'All things that a query of the fleet index finds' },
] as const

const PAUSES = [
  { value: '', label: 'When I say so' },
  { value: '3600', label: 'An hour after the device was seen with its new one' },
  { value: '86400', label: 'A day after the device was seen with its new one' },
  { value: '604800', label: 'A week after the device was seen with its new one' },
  { value: '2592000', label: '30 days after the device was seen with its new one' },
  { value: '0', label: 'As soon as the device was seen with its new one' },
] as const

interface Values extends TargetsValues {
  readonly pause: (typeof PAUSES)[number]['value']
  readonly perSecond: string
}

interface Asking {
  readonly targets: RotationTargets
  readonly preview: RotationPreview
  readonly values: Values
}

const NO_TARGETS = 'Say which things.'

export function CreateRotationPage({ search }: SearchProps<CreateRotationSearch>) {
  const { history } = useRouter()
  const client = useQueryClient()
  const [asking, setAsking] = useState<Asking>()
  usePageChrome({
    title: 'Rotate certificates',
    breadcrumbs: [
      { text: 'Certificate rotations', href: paths.certificateRotations() },
      { text: 'Rotate certificates', href: paths.createCertificateRotation() },
    ],
  })
  const missing = (who: TargetsValues['who']) => (_: string, values: Values) =>
    values.who === who && !targetsOf(values) ? NO_TARGETS : undefined
  const form = useForm<Values, Asking>({
    initial: { ...targetsIn(search), pause: '', perSecond: '5' },
    rules: {
      names: missing('things'),
      group: missing('group'),
      query: missing('query'),
      perSecond: (text) =>
        /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 50 ? undefined : 'From 1 to 50 requests a second.',
    },
    async submit(values) {
      const targets = targetsOf(values)
      if (!targets) throw new Error(NO_TARGETS)
      const preview = await api(endpoints.previewRotation, { body: { targets } })
      if (preview.count === 0) throw new Error('No thing is meant by this.')
      if (preview.isAtLeast)
        throw new Error(
          `More than ${formatCount(preview.count)} things are meant, which is more than one rotation takes.`,
        )
      return { targets, preview, values }
    },
    onDone: setAsking,
  })
  const { who } = form.values
  return (
    <SpaceBetween size="m">
      <PageHeader description="Each thing gets a new certificate beside its old one, with the same policies. The old one ends once the device was seen with the new one.">
        Rotate certificates
      </PageHeader>
      <Form
        form={form}
        action="Count the things"
        failure="The rotation could not be prepared"
        unsaved="the new rotation"
        cancelHref={paths.certificateRotations()}
        whyNot={useWhyNot('admin')}
      >
        <RadioField field={form.field('who')} label="Which things" options={WAYS} />
        {who === 'things' && (
          <ThingNamesField field={form.field('names')} constraint={`Up to ${formatCount(MOST_ROTATION_THINGS)}.`} />
        )}
        {who === 'group' && <TextField field={form.field('group')} label="Name of the group" />}
        {who === 'query' && <IndexQueryField field={form.field('query')} />}
        <SelectField field={form.field('pause')} label="Deactivate old certificates" options={PAUSES} />
        <TextField
          field={form.field('perSecond')}
          label="Requests a second"
          constraint="1 to 50, to AWS IoT. A thing takes about eight until its certificate is there; AWS takes ten of some operations a second."
          inputMode="numeric"
        />
        <Alert type="info" header="Private keys are made in your browser">
          The server is sent requests for certificates and never a private key. You download keys and certificates as
          one archive. Who loses it makes new ones; the old certificates go on working meanwhile.
        </Alert>
      </Form>
      {asking && (
        <ConfirmDialog
          header={`Rotate the certificates of ${thingsInWords(asking.preview.count)}?`}
          action={`Begin with ${thingsInWords(asking.preview.count)}`}
          failure="The rotation could not be started"
          onConfirm={async () => {
            const { targets, preview, values } = asking
            const { rotationId } = await api(endpoints.startRotation, {
              body: {
                targets,
                requestsPerSecond: Number(values.perSecond),
                confirmedCount: preview.count,
                ...(values.pause !== '' && { pauseSeconds: Number(values.pause) }),
              },
            })
            void client.invalidateQueries({ queryKey: ROTATIONS })
            history.push(paths.certificateRotation(rotationId))
          }}
          onClose={() => setAsking(undefined)}
        >
          <Consequences
            list={[
              previewInWords(asking.preview),
              'Nothing changes for the devices until you have downloaded their keys and say so.',
              'It is begun on exactly so many things: if others are meant by then, on none.',
            ]}
          />
        </ConfirmDialog>
      )}
    </SpaceBetween>
  )
}
