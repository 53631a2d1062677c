import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, PackageName } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { type Pair, pairsRule, recordOf } from '../../../shared/form/pairs-field.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { paths } from '../../../shared/paths.ts'
import { TAG_RULES } from '../../../shared/tags/tag-rules.ts'
import { TagsField } from '../../../shared/tags/tags-field.tsx'
import { packagesChanged } from '../api.ts'

interface Values {
  readonly packageName: string
  readonly description: string
  readonly tags: readonly Pair[]
}

const NEW: Values = { packageName: '', description: '', tags: [] }

/** A name under which versions of a software are kept. */
export function CreatePackageDialog({ onClose }: { readonly onClose: () => void }) {
  const { history } = useRouter()
  const client = useQueryClient()
  const form = useForm({
    initial: NEW,
    limits: {
      packageName: limitsOf(PackageName, 'letters, digits and _ - .'),
      description: { maxLength: 1_024 },
    },
    rules: { tags: pairsRule(TAG_RULES) },
    fieldsOfCodes: { ConflictException: 'packageName' },
    submit: ({ packageName, description, tags }) =>
      api(endpoints.createPackage, {
        body: {
          packageName,
          ...(description !== '' && { description }),
          ...(tags.length > 0 && { tags: recordOf(tags) }),
        },
      }),
    onDone: ({ packageName }) => {
      void packagesChanged(client)
      onClose()
      history.push(paths.package(packageName))
    },
  })
  return (
    <FormDialog
      form={form}
      header="Create package"
      action="Create package"
      failure="The package could not be created"
      onClose={onClose}
    >
      <TextField
        field={form.field('packageName')}
        label="Name"
        description="Devices and job documents know the package by it; it cannot be changed."
        placeholder="pump-firmware"
      />
      <TextField field={form.field('description')} label="Description" rows={2} />
      <TagsField field={form.field('tags')} />
    </FormDialog>
  )
}
