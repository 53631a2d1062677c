import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Shadow } from '@thingdeck/shadows'
import { CheckField, TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { paths } from '../../../shared/paths.ts'
import { postUpdate, readShadowByRest, shadowQuery, shadowsKey } from '../api.ts'
import { formatShadowKey, type ShadowKey, shadowInWords } from '../model/shadow-key.ts'
import { SHADOW_NAME, THING_NAME } from '../model/shadow-limits.ts'

interface DuplicateDialogProps {
  readonly source: ShadowKey
  readonly shadow: Shadow
  readonly onClose: () => void
}

interface Values {
  readonly thingName: string
  readonly shadowName: string
  readonly withReported: boolean
}

const targetOf = ({ thingName, shadowName }: Values): ShadowKey => ({ thingName, shadowName: shadowName || undefined })

/** Copies a shadow to another name, of this thing or another. What is there already is merged into, and said so. */
export function DuplicateDialog({ source, shadow, onClose }: DuplicateDialogProps) {
  const { history } = useRouter()
  const client = useQueryClient()
  const form = useForm<Values>({
    initial: { thingName: source.thingName, shadowName: '', withReported: false },
    limits: { thingName: THING_NAME, shadowName: SHADOW_NAME },
    atOnce: {
      shadowName: (_, values) =>
        formatShadowKey(targetOf(values)) === formatShadowKey(source) ? 'That is this shadow itself.' : undefined,
    },
    async submit(values) {
      const { desired, reported } = shadow.state
      const target = targetOf(values)
      const known = await readShadowByRest(target) // the version of now, so that nobody's change is overwritten
      const patch = { ...(desired ? { desired } : {}), ...(values.withReported && reported ? { reported } : {}) }
      return postUpdate(target, patch, known?.shadow.version)
    },
    onDone(_, values) {
      const { thingName, shadowName } = targetOf(values)
      void client.invalidateQueries({ queryKey: shadowsKey(thingName) })
      history.push(paths.shadow(thingName, shadowName))
    },
  })
  const there = useQuery({ ...shadowQuery(targetOf(form.values)), enabled: form.isValid })
  const whyNot = !form.isValid
    ? 'Name another shadow.'
    : there.isPending
      ? 'It is not known yet whether there is such a shadow already.'
      : undefined
  return (
    <FormDialog
      form={form}
      header={`Duplicate ${shadowInWords(source)}`}
      action={there.data ? 'Merge into that shadow' : 'Duplicate shadow'}
      whyNot={whyNot}
      failure="The shadow could not be duplicated"
      onClose={onClose}
    >
      <TextField field={form.field('thingName')} label="To the thing" />
      <TextField
        field={form.field('shadowName')}
        label="Shadow name"
        description="Empty: the classic shadow."
        placeholder="classic shadow"
      />
      <CheckField field={form.field('withReported')}>
        Also what is reported (a device of its own will report its own)
      </CheckField>
      {there.data && (
        <StatusIndicator type="warning">
          {`There is one already, at version ${there.data.shadow.version}: the keys are merged into it.`}
        </StatusIndicator>
      )}
    </FormDialog>
  )
}
