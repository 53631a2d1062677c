import ColumnLayout from '@cloudscape-design/components/column-layout'
import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type PackageVersion, PackageVersionName } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { keptOnce } from '../../../shared/form/kept-once.ts'
import { PairsField } from '../../../shared/form/pairs-field.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { versionInWords } from '../../../shared/packages/package-queries.ts'
import { packagesChanged } from '../api.ts'
import {
  ATTRIBUTE_RULES,
  changeOf,
  contentOf,
  NEW_VERSION,
  type VersionValues,
  valuesOf,
  versionRules,
} from '../version-values.ts'
import { type Editable, editableIn } from '../words.ts'

interface VersionFormDialogProps {
  readonly packageName: string
  /** The version that is changed; without one, a new one is made. */
  readonly version?: PackageVersion | undefined
  readonly onDone?: (versionName: string) => void
  readonly onClose: () => void
}

const ALL: Editable = { attributes: true, artifact: true, recipe: true }
const FIXED = 'Fixed since it was published.'

/** A version of a package: its attributes for job documents, where its file lies, and how it is installed. */
export function VersionFormDialog({ packageName, version, onDone, onClose }: VersionFormDialogProps) {
  const client = useQueryClient()
  const may = version ? editableIn(version.status) : ALL
  const form = useForm<VersionValues, PackageVersion>({
    initial: version ? valuesOf(version) : NEW_VERSION,
    limits: {
      versionName: limitsOf(PackageVersionName, 'letters, digits and _ - .'),
      description: { maxLength: 1_024 },
      recipe: { maxLength: 3_072 },
      bucket: { maxLength: 255 },
      key: { maxLength: 1_024 },
    },
    rules: {
      ...versionRules(version?.artifact !== undefined),
      description: keptOnce(version?.description),
      recipe: keptOnce(version?.recipe, 'recipe'),
    },
    fieldsOfCodes: version ? {} : { ConflictException: 'versionName' },
    submit: (values) =>
      version
        ? api(endpoints.updatePackageVersion, {
            params: { packageName, versionName: version.versionName },
            body: changeOf(values, may),
          })
        : api(endpoints.createPackageVersion, {
            params: { packageName },
            body: { versionName: values.versionName, ...contentOf(values) },
          }),
    onDone: ({ versionName }) => {
      void packagesChanged(client)
      onClose()
      onDone?.(versionName)
    },
  })
  return (
    <FormDialog
      form={form}
      header={version ? `Edit ${versionInWords(packageName, version.versionName)}` : `New version of ${packageName}`}
      action={version ? 'Save version' : 'Create version'}
      failure={version ? 'The version could not be changed' : 'The version could not be created'}
      size="large"
      onClose={onClose}
    >
      {!version && (
        <TextField
          field={form.field('versionName')}
          label="Version"
          description="It begins as a draft, which no job can bring until it is published."
          placeholder="2.1.0"
        />
      )}
      <TextField field={form.field('description')} label="Description" rows={2} />
      {may.attributes && (
        <PairsField
          field={form.field('attributes')}
          rules={ATTRIBUTE_RULES}
          label="Attributes"
          description="What job documents and things are told of it: a checksum, a signature, a URL. Fixed once it is published; at most 3 KB together."
        />
      )}
      <ColumnLayout columns={3}>
        <TextField
          field={form.field('bucket')}
          label="Bucket of the artifact"
          description={may.artifact ? 'Of S3, where the file lies.' : FIXED}
          disabled={!may.artifact}
        />
        <TextField field={form.field('key')} label="Key" description="Of the file." disabled={!may.artifact} />
        <TextField
          field={form.field('objectVersion')}
          label="Version of the file"
          description="Where the bucket has versions."
          placeholder="the latest"
          disabled={!may.artifact}
        />
      </ColumnLayout>
      <TextField
        field={form.field('recipe')}
        label="Recipe"
        description={
          may.recipe
            ? 'How it is installed, in the words of the program on the device: AWS keeps it, and does not read it.'
            : 'It cannot be changed while the version is deprecated.'
        }
        disabled={!may.recipe}
        rows={5}
      />
    </FormDialog>
  )
}
