import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { PackageThings } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { packageConfigurationQuery } from '../../../shared/packages/package-queries.ts'
import { paths } from '../../../shared/paths.ts'
import { IndexVersionsDialog } from './index-versions-dialog.tsx'

interface ReportingNoticeProps {
  /** Whether it is counted what things run; undefined: not known yet. */
  readonly outcome: PackageThings['outcome'] | undefined
  /** AWS's words, where it was refused. */
  readonly message?: string | undefined
}

/** What is missing until it can be seen what things run, and how that is had. Nothing where nothing is. */
export function ReportingNotice({ outcome, message }: ReportingNoticeProps) {
  const { data: configuration } = useQuery(packageConfigurationQuery)
  const [isAsked, setAsked] = useState(false)
  return (
    <SpaceBetween size="s">
      {outcome === 'not-indexed' && (
        <Alert
          type="info"
          header="What things run is not indexed"
          action={<ActionButton id="index" text="Index versions" needs="admin" onAction={() => setAsked(true)} />}
        >
          Things say in their shadow $package what they run. The fleet index does not have that shadow, so that nothing
          can be counted or searched by it.
        </Alert>
      )}
      {outcome === 'building' && (
        <Alert type="info">AWS IoT is building the fleet index: what things run can be told when that is done.</Alert>
      )}
      {outcome === 'not-allowed' && (
        <Alert type="warning" header="The console may not ask the fleet index what things run">
          {message ?? 'Its role needs iot:GetIndexingConfiguration, iot:DescribeIndex and iot:GetStatistics.'}
        </Alert>
      )}
      {configuration?.enabled === false && (
        <Alert
          type="info"
          header="Jobs leave no trace of what they brought"
          action={<Button href={paths.packageConfiguration()}>Package configuration</Button>}
        >
          A thing on which a job succeeded has the version in its shadow $package only if the package configuration has
          AWS IoT write it there. Until then devices have to say it themselves.
        </Alert>
      )}
      {isAsked && <IndexVersionsDialog onClose={() => setAsked(false)} />}
    </SpaceBetween>
  )
}
