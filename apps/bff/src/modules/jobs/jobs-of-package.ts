import { type PackageJobPage, parsePackageVersionArn } from '@thingdeck/contract'
import type { JobLooks } from './job-looks.ts'
import type { Jobs } from './jobs.ts'

/** AWS has to be asked for each job what it brings, ten times a second of an account: so many are looked at for a page. */
const LOOKED = 20

/** Those of the next few jobs that name a version of a package, the newest first. Errors are AWS's own. */
export async function jobsOfPackage(
  jobs: Pick<Jobs, 'list'>,
  looks: Pick<JobLooks, 'of'>,
  { packageName, nextToken }: { readonly packageName: string; readonly nextToken?: string },
  signal: AbortSignal,
): Promise<PackageJobPage> {
  const page = await jobs.list({ maxResults: LOOKED, ...(nextToken && { nextToken }) })
  const found = await looks.of(
    page.jobs.map(({ jobId }) => jobId),
    signal,
  )
  const named = new Map(
    found.map(({ jobId, destinationPackageVersions = [] }) => [
      jobId,
      destinationPackageVersions.filter((arn) => parsePackageVersionArn(arn)?.packageName === packageName),
    ]),
  )
  return {
    jobs: page.jobs
      .map((job) => ({ ...job, packageVersions: named.get(job.jobId) ?? [] }))
      .filter(({ packageVersions }) => packageVersions.length > 0),
    looked: page.jobs.length,
    ...(page.nextToken && { nextToken: page.nextToken }),
  }
}
