import { expect, test } from 'vitest'
import { JOB_NEEDS } from '../src/services/jobs/job-needs.ts'
import { type NeedRow, testNeeds } from './support/limited-role.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012:'
const job = `${ARN}job/j`
const thing = `${ARN}thing/t`
const group = `${ARN}thinggroup/g`
const template = `${ARN}jobtemplate/p`
const j = { jobId: 'j' }
const execution = { ...j, thingName: 't' }

/**
 * What policies are asked about each operation of jobs: all of these resources, or everything where there is none.
 * Source: Service Authorization Reference, "Actions defined by AWS IoT".
 */
const ROWS: readonly NeedRow[] = [
  ['AssociateTargetsWithJob', { ...j, targets: [group] }, [job, group]],
  ['CancelJob', j, [job]],
  ['CancelJobExecution', execution, [job, thing]],
  ['CreateJob', { ...j, targets: [thing, group], document: '{}' }, [job, thing, group]],
  ['CreateJob', { ...j, targets: [thing], jobTemplateArn: template }, [job, thing, template]],
  ['CreateJobTemplate', { jobTemplateId: 'p', description: 'd', document: '{}' }, [template]],
  ['CreateJobTemplate', { jobTemplateId: 'p', description: 'd', jobArn: job }, [template, job]],
  ['DeleteJob', j, [job]],
  ['DeleteJobExecution', { ...execution, executionNumber: 1 }, [job, thing]],
  ['DeleteJobTemplate', { jobTemplateId: 'p' }, [template]],
  ['DescribeJob', j, [job]],
  ['DescribeJobExecution', execution, [job, thing]],
  ['DescribeJobTemplate', { jobTemplateId: 'p' }, [template]],
  ['DescribeManagedJobTemplate', { templateName: 'AWS-Reboot' }, [`${ARN}jobtemplate/AWS-Reboot`]],
  ['GetJobDocument', j, [job]],
  ['ListJobExecutionsForJob', j, [job]],
  ['ListJobExecutionsForThing', { thingName: 't' }, [thing]],
  ['ListJobTemplates', {}, []],
  ['ListJobs', {}, []],
  ['ListManagedJobTemplates', {}, []],
  ['UpdateJob', j, [job]],
]

testNeeds(ROWS)

test('whatever says itself what policies are asked about has a row', () => {
  const named = new Set(ROWS.map(([operation]) => operation))
  expect(Object.keys(JOB_NEEDS).filter((operation) => !named.has(operation))).toEqual([])
})
