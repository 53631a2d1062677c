import { readFileSync } from 'node:fs'
import type { Acts } from './act-counter.ts'
import {
  CountedJobs,
  jobsOfClients,
  jobsOfGroups,
  jobsOfMany,
  jobsOfNewDevices,
  jobsOfOneThing,
} from './counted-jobs.ts'
import { expect, test } from './test.ts'

const DOCUMENT = 'docs/beside-the-aws-console.md'

/** A row of the table without what is said of AWS's console: `| Edit an attribute of a thing | 4 | 2 | 1 | 0 |` */
const rowOf = (job: string, { clicks, fields, pages, dialogs }: Acts): string =>
  `| ${[job, clicks, fields, pages, dialogs].join(' | ')} |`

const rows = readFileSync(DOCUMENT, 'utf8')
  .split('\n')
  .flatMap((line) => /^\| .* \| \d+ \| \d+ \| \d+ \| \d+ \|/.exec(line) ?? [])

/** Parts of the table from the top down, so that two of them run side by side: each from a job on up to the next part. */
const PARTS = [
  ['with one thing', 'Create a thing', jobsOfOneThing],
  ['with types and groups', 'Deprecate', jobsOfGroups],
  ['with many things', 'Find all', jobsOfMany],
  ['with clients', 'Send a message', jobsOfClients],
  ['with new devices', 'Connect one', jobsOfNewDevices],
] as const

const beginOf = (firstJob: string | undefined): number | undefined =>
  firstJob === undefined ? undefined : rows.findIndex((row) => row.startsWith(`| ${firstJob}`))

for (const [index, [title, firstJob, does]] of PARTS.entries()) {
  test(`jobs ${title} take what the documentation says`, async ({ page }) => {
    test.slow() // several jobs, one after the other
    const jobs = await CountedJobs.begin(page)
    await does(jobs)
    const counted = [...jobs.counted].map(([job, acts]) => rowOf(job, acts))
    expect(rows.slice(beginOf(firstJob), beginOf(PARTS[index + 1]?.[1])), DOCUMENT).toEqual(counted)
  })
}
