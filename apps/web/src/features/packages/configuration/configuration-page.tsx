import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type PackageConfiguration, RoleArn } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { api } from '../../../shared/api.ts'
import { DetailsPage } from '../../../shared/details/details-page.tsx'
import { Facts } from '../../../shared/details/facts.tsx'
import { CheckField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { IotRoleField } from '../../../shared/iot-roles/role-field.tsx'
import { packageConfigurationQuery } from '../../../shared/packages/package-queries.ts'
import { paths } from '../../../shared/paths.ts'
import { packagesChanged } from '../api.ts'
import { ReportingRole } from './reporting-role.tsx'

/** Whether jobs say in the shadow $package of a thing what they brought to it, and by which role. */
export function PackageConfigurationPage() {
  const [isEditing, setEditing] = useState(false)
  return (
    <DetailsPage
      title="Package configuration"
      breadcrumbs={[
        { text: 'Software packages', href: paths.packages() },
        { text: 'Package configuration', href: paths.packageConfiguration() },
      ]}
      what="package configuration"
      query={useQuery(packageConfigurationQuery)}
      notFound="There is no package configuration"
      content={(configuration) => (
        <SpaceBetween size="m">
          <Container
            header={
              <Header
                variant="h2"
                description="For all packages and all jobs of the account."
                actions={
                  <ActionButton id="edit" text="Change" needs="admin" isPrimary onAction={() => setEditing(true)} />
                }
              >
                What jobs leave on things
              </Header>
            }
          >
            <SpaceBetween size="m">
              {configuration.enabled ? (
                <StatusIndicator>
                  A thing on which a job succeeded has the versions that the job named in its shadow $package
                </StatusIndicator>
              ) : (
                <StatusIndicator type="stopped">
                  Jobs leave no trace of the versions that they bring; devices have to say themselves what they run
                </StatusIndicator>
              )}
              <Facts facts={[{ label: 'Role that AWS IoT writes by', copy: configuration.roleArn, what: 'role' }]} />
            </SpaceBetween>
          </Container>
          <ReportingRole roleArn={configuration.roleArn} />
          {isEditing && <Edit configuration={configuration} onClose={() => setEditing(false)} />}
        </SpaceBetween>
      )}
    />
  )
}

interface EditProps {
  readonly configuration: PackageConfiguration
  readonly onClose: () => void
}

function Edit({ configuration, onClose }: EditProps) {
  const client = useQueryClient()
  const form = useForm({
    initial: { enabled: configuration.enabled, roleArn: configuration.roleArn ?? '' },
    limits: {
      roleArn: {
        ...limitsOf(RoleArn, 'the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME'),
        isRequired: false,
        minLength: 0,
      },
    },
    rules: { roleArn: (roleArn, { enabled }) => (enabled && roleArn === '' ? 'Choose a role.' : undefined) },
    submit: ({ enabled, roleArn }) =>
      api(endpoints.updatePackageConfiguration, { body: { enabled, ...(roleArn !== '' && { roleArn }) } }),
    onDone: () => {
      void packagesChanged(client)
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header="Change the package configuration"
      action="Save configuration"
      failure="The package configuration could not be changed"
      onClose={onClose}
    >
      <CheckField
        field={form.field('enabled')}
        description="When an execution succeeds, AWS IoT writes the versions that the job named into the shadow $package of the thing. What was written before stays."
      >
        Jobs say what they brought
      </CheckField>
      <IotRoleField
        field={form.field('roleArn')}
        description="It trusts AWS IoT, and may write the shadow $package of things. You need iam:PassRole on it."
        placeholder="arn:aws:iam::123456789012:role/package-versions"
        empty="No role trusts AWS IoT yet: make one with the policies that the page shows, or write an ARN."
      />
      {!form.values.enabled && configuration.enabled && (
        <Alert type="warning">
          From now on jobs leave no trace: what the numbers of packages say stays behind what devices run.
        </Alert>
      )}
      <Box color="text-body-secondary">
        Jobs that are under way are meant, too: what counts is when a thing succeeds.
      </Box>
    </FormDialog>
  )
}
