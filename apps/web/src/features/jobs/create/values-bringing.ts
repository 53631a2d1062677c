import { DEFAULT_VERSION } from '@thingdeck/contract'
import type { JobValues } from './job-values.ts'

/** A job that brings a version of a package: its id, what it names, and a document that says as much to the devices. */
export function bringing(packageName: string, versionName = DEFAULT_VERSION): Partial<JobValues> {
  const said = versionName === DEFAULT_VERSION ? 'default' : versionName
  return {
    jobId: `${packageName}-${said}`.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64),
    packageVersions: [{ packageName, versionName }],
    document: JSON.stringify(
      {
        operation: 'install',
        package: packageName,
        ...(versionName !== DEFAULT_VERSION && { version: versionName }),
        attributes: `\${aws:iot:package:${packageName}:version:${versionName}:attributes}`,
      },
      undefined,
      2,
    ),
  }
}
