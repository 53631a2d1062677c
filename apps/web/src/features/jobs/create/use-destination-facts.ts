import { useQueries } from '@tanstack/react-query'
import { DEFAULT_VERSION, type DestinationPackageVersion, endpoints, NO_VERSION } from '@thingdeck/contract'
import { useMemo } from 'react'
import { api } from '../../../shared/api.ts'
import { PACKAGES } from '../../../shared/pickers/registry-keys.ts'
import type { DestinationFacts } from './package-placeholders.ts'

/** What the catalog says of the versions that a job brings, as far as it was read; the same array while it says the same. */
export function useDestinationFacts(versions: readonly DestinationPackageVersion[]): readonly DestinationFacts[] {
  const asked = versions.filter(
    ({ packageName, versionName }) => packageName !== '' && versionName !== '' && versionName !== NO_VERSION,
  )
  const found = useQueries({
    queries: asked.map((version) => ({
      queryKey: [...PACKAGES, 'facts', version.packageName, version.versionName],
      queryFn: ({ signal }: { signal: AbortSignal }) => factsOf(version, signal),
      staleTime: 30_000, // ms
      retry: false,
    })),
    combine: (results) => JSON.stringify(results.flatMap(({ data }) => data ?? [])),
  })
  return useMemo(() => JSON.parse(found) as DestinationFacts[], [found]) // written above
}

async function factsOf(version: DestinationPackageVersion, signal: AbortSignal): Promise<DestinationFacts[]> {
  const { packageName } = version
  const { defaultVersionName } =
    version.versionName === DEFAULT_VERSION
      ? await api(endpoints.getPackage, { params: { packageName }, signal })
      : { defaultVersionName: version.versionName }
  if (defaultVersionName === undefined) return []
  const { attributes, artifact } = await api(endpoints.getPackageVersion, {
    params: { packageName, versionName: defaultVersionName },
    signal,
  })
  return [{ ...version, attributes: Object.keys(attributes), hasArtifact: artifact !== undefined }]
}
