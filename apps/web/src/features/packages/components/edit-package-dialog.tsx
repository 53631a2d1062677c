import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type SoftwarePackage } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { keptOnce } from '../../../shared/form/kept-once.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { packagesChanged } from '../api.ts'

interface EditPackageDialogProps {
  readonly found: SoftwarePackage
  readonly onClose: () => void
}

/** What a package says of itself to people. */
export function EditPackageDialog({ found: { packageName, description = '' }, onClose }: EditPackageDialogProps) {
  const client = useQueryClient()
  const form = useForm({
    initial: { description },
    limits: { description: { maxLength: 1_024 } },
    rules: { description: keptOnce(description) },
    submit: (values) =>
      api(endpoints.updatePackage, { params: { packageName }, body: values.description === '' ? {} : values }),
    onDone: () => {
      void packagesChanged(client)
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header={`Edit the package ${visibleText(packageName)}`}
      action="Save package"
      failure="The package could not be changed"
      onClose={onClose}
    >
      <TextField field={form.field('description')} label="Description" rows={3} />
    </FormDialog>
  )
}
