import Alert from '@cloudscape-design/components/alert'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { SelectField, TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { paths } from '../../../shared/paths.ts'
import { postUpdate, SHADOW_TEMPLATES, shadowsKey } from '../api.ts'
import { SHADOW_NAME } from '../model/shadow-limits.ts'

interface NewShadowDialogProps {
  readonly thingName: string
  readonly existing: readonly (string | undefined)[]
  readonly onClose: () => void
}

const TEMPLATES = SHADOW_TEMPLATES.map(({ id, label }) => ({ value: id, label }))

export function NewShadowDialog({ thingName, existing, onClose }: NewShadowDialogProps) {
  const { history } = useRouter()
  const client = useQueryClient()
  const hasClassic = existing.includes(undefined)
  const form = useForm({
    initial: { shadowName: '', template: 'empty' },
    limits: { shadowName: SHADOW_NAME },
    atOnce: { shadowName: (name) => (name !== '' && existing.includes(name) ? 'There is one already.' : undefined) },
    rules: {
      shadowName: (name) =>
        name === '' && hasClassic ? 'The thing has a classic shadow already: give a name.' : undefined,
    },
    submit({ shadowName, template }) {
      const desired = SHADOW_TEMPLATES.find(({ id }) => id === template)?.desired
      return postUpdate(
        { thingName, shadowName: shadowName || undefined },
        desired && desired.size > 0 ? { desired } : {},
      )
    },
    onDone(_, { shadowName }) {
      void client.invalidateQueries({ queryKey: shadowsKey(thingName) })
      history.push(paths.shadow(thingName, shadowName || undefined))
    },
  })
  return (
    <FormDialog
      form={form}
      header={`New shadow of ${thingName}`}
      action="Create shadow"
      failure="The shadow could not be created"
      onClose={onClose}
    >
      <TextField
        field={form.field('shadowName')}
        label="Name"
        description={
          hasClassic
            ? 'The thing has its classic shadow already: this one needs a name.'
            : 'Leave it empty for the classic shadow; a thing has at most one.'
        }
        placeholder={hasClassic ? '' : 'classic shadow'}
      />
      <SelectField field={form.field('template')} label="Begin with" options={TEMPLATES} />
      <Alert type="info">
        A shadow begins with its first update, at version 1. If one of this name was deleted less than 48 hours ago, its
        version goes on counting.
      </Alert>
    </FormDialog>
  )
}
