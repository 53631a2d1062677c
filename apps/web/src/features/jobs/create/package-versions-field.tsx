import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { type DestinationPackageVersion, MOST_DESTINATION_VERSIONS } from '@thingdeck/contract'
import { RowsField } from '../../../shared/form/rows-field.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { packageConfigurationQuery } from '../../../shared/packages/package-queries.ts'
import { paths } from '../../../shared/paths.ts'
import { DestinationVersionPicker, PackagePicker } from '../../../shared/pickers/package-picker.tsx'
import { alreadyInWords } from '../words/package-versions.ts'
import type { JobValues } from './job-values.ts'
import { useVersionTargets } from './use-version-targets.ts'

const FRESH: DestinationPackageVersion = { packageName: '', versionName: '' }

/** What the job brings, of software packages: the document may ask of these, and things say afterwards that they run them. */
export function PackageVersionsField({ form }: { readonly form: Form<JobValues> }) {
  const { packageVersions } = form.values
  const counted = useVersionTargets(form.values)
  const { data: configuration } = useQuery({ ...packageConfigurationQuery, enabled: packageVersions.length > 0 })
  return (
    <SpaceBetween size="s">
      <RowsField
        field={form.field('packageVersions')}
        label="Package versions"
        description="Versions of software packages that it brings to the things. The document can ask for their attributes and their files."
        one="package version"
        empty="It names none."
        fresh={FRESH}
        most={MOST_DESTINATION_VERSIONS}
        parts={[
          {
            label: 'Package',
            control: ({ packageName }, change) => (
              <PackagePicker
                label="Package"
                value={packageName}
                onChange={(name) => change({ packageName: name, versionName: '' })}
              />
            ),
          },
          {
            label: 'Version',
            control: ({ packageName, versionName }, change) => (
              <DestinationVersionPicker
                label="Version"
                packageName={packageName}
                value={versionName}
                disabled={packageName === ''}
                onChange={(name) => change({ versionName: name })}
              />
            ),
          },
        ]}
      />
      {alreadyInWords(counted).map((words) => (
        <span key={words} role="status">
          {words}
        </span>
      ))}
      {packageVersions.length > 0 && configuration?.enabled === false && (
        <Alert
          type="info"
          action={
            <Button formAction="none" href={paths.packageConfiguration()}>
              Package configuration
            </Button>
          }
        >
          As the package configuration is, the job leaves no trace of these versions on the things: they have to say
          themselves what they run. What is written here is kept.
        </Alert>
      )}
    </SpaceBetween>
  )
}
