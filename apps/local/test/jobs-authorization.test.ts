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

const role = testNeeds(ROWS)

test.each([
  ['CreateJob', { ...j, targets: [thing] }, [job, thing]],
  ['CreateJobTemplate', { jobTemplateId: 'p', description: 'd' }, [template]],
])('%s of a file is for who may read that file', async (operation, input, Resource) => {
  const documentSource = 'https://s3.us-east-1.amazonaws.com/jobs/a/b.json'
  const refusedOn = () => role().refusedOn(operation, { ...input, documentSource })
  const make = { Effect: 'Allow', Action: `iot:${operation}`, Resource }
  await role().allow(make)
  expect(await refusedOn()).toBe('arn:aws:s3:::jobs/a/b.json')
  await role().allow(make, { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::jobs/a/*' })
  expect(await refusedOn()).toBeUndefined()
})

test('whatever says itself what policies are asked about has a row', () => {
  const named = new Set(ROWS.map(([operation]) => operation))
  expect(Object.keys(JOB_NEEDS).filter((operation) => !named.has(operation))).toEqual([])
})
