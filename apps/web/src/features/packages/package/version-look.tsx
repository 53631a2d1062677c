import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { PackageVersion, ReadS3Location } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { packageVersionQuery } from '../../../shared/packages/package-queries.ts'
import { VersionStatus } from '../../../shared/packages/version-status.tsx'
import { ResourceTags } from '../../../shared/tags/resource-tags.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'

interface VersionLookProps {
  readonly packageName: string
  readonly versionName: string
}

/** A version in the split panel: what job documents are told of it, where its file lies, how it is installed. */
export function VersionLook({ packageName, versionName }: VersionLookProps) {
  const { data, error, refetch } = useQuery(packageVersionQuery(packageName, versionName))
  if (error) return <ErrorAlert error={error} what="The version could not be read" onRetry={() => void refetch()} />
  if (!data) return <Loading what="version" />
  return <VersionFacts version={data} />
}

function VersionFacts({ version }: { readonly version: PackageVersion }) {
  const { packageName, versionName, status, description, attributes, artifact, recipe, packageVersionArn } = version
  const { sbom, sbomValidationStatus, errorReason } = version
  return (
    <SpaceBetween size="m">
      <Facts
        facts={[
          { label: 'State', value: <VersionStatus status={status} /> },
          description === undefined ? undefined : { label: 'Description', value: visible(description) },
          errorReason === undefined ? undefined : { label: 'What AWS says is wrong', value: visible(errorReason) },
          artifact === undefined
            ? { label: 'Artifact', value: <span className="td-weak">none: job documents cannot ask for its file</span> }
            : { label: 'Artifact', copy: addressOf(artifact) },
          artifact?.version === undefined
            ? undefined
            : { label: 'Version of the file', copy: artifact.version, what: 'version of the file' },
          sbom === undefined ? undefined : { label: 'Bill of materials', copy: addressOf(sbom) },
          sbomValidationStatus === undefined
            ? undefined
            : { label: 'Its validation', value: visible(sbomValidationStatus) },
          { label: 'ARN', copy: packageVersionArn },
        ]}
      />
      <Box variant="h4">Attributes</Box>
      {Object.keys(attributes).length === 0 ? (
        <span className="td-weak">It has none.</span>
      ) : (
        <Facts facts={Object.entries(attributes).map(([label, copy]) => ({ label, copy }))} />
      )}
      {recipe !== undefined && (
        <>
          <Box variant="h4">Recipe</Box>
          <Box variant="code">
            <span className="td-lines">{visible(recipe)}</span>
          </Box>
        </>
      )}
      <ResourceTags resourceArn={packageVersionArn} what={`the version ${versionName} of ${packageName}`} />
    </SpaceBetween>
  )
}

const addressOf = ({ bucket = '', key = '' }: ReadS3Location) => `s3://${bucket}/${key}`
