import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import { CreateJobCommand, IoTClient } from '@aws-sdk/client-iot'
import { IoTJobsDataPlaneClient, UpdateJobExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { entries, turnOn } from './support/iot-log.ts'
import { jobsDevice } from './support/jobs-device.ts'
import { until } from './support/until.ts'

// Entries: AWS IoT Core developer guide, "Job log entries"; metrics: "Jobs metrics".

let local: Local
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  await turnOn(local, 'DEBUG')
})
afterAll(async () => {
  iot.destroy()
  await local.close()
})

test('what devices ask is in the log, without a trace id, and so are the counts at the end', async () => {
  await using pump = await jobsDevice(local, 'pump')
  const targets = ['arn:aws:iot:us-east-1:123456789012:thing/pump']
  await iot.send(new CreateJobCommand({ jobId: 'logged', targets, document: '{}' }))
  await pump.ask('get', { clientToken: 'a' })
  await pump.ask('start-next')
  await pump.refused('logged/update', { status: 'IN_PROGRESS', expectedVersion: 7, clientToken: 'b' })
  const data = new IoTJobsDataPlaneClient(local.sdk)
  await data.send(new UpdateJobExecutionCommand({ thingName: 'pump', jobId: 'logged', status: 'IN_PROGRESS' }))
  data.destroy()
  await pump.ask('logged/update', { status: 'SUCCEEDED' })
  const told = await entries(local, '{ $.eventType = "*JobExecution" }')
  const { clientId } = pump.client.mqtt.options
  const common = { timestamp: expect.any(String), accountId: '123456789012', protocol: 'MQTT', clientId }
  const success = { ...common, logLevel: 'DEBUG', status: 'Success', details: 'The request status is SUCCESS.' }
  const topic = '$aws/things/pump/jobs'
  const destination = (status: string) => `The destination status is ${status}. The request status is SUCCESS.`
  expect(told).toEqual([
    { ...success, eventType: 'GetPendingJobExecution', topicName: `${topic}/get`, clientToken: 'a' },
    { ...success, eventType: 'StartNextPendingJobExecution', topicName: `${topic}/start-next` },
    {
      ...common,
      logLevel: 'ERROR',
      status: 'Failure',
      eventType: 'UpdateJobExecution',
      jobId: 'logged',
      topicName: `${topic}/logged/update`,
      clientToken: 'b',
      reason: 'VersionMismatch',
      details: expect.any(String),
    },
    expect.objectContaining({
      protocol: 'HTTP',
      eventType: 'UpdateJobExecution',
      jobId: 'logged',
      details: destination('IN_PROGRESS'),
    }),
    {
      ...success,
      eventType: 'UpdateJobExecution',
      jobId: 'logged',
      topicName: `${topic}/logged/update`,
      versionNumber: '4',
      details: destination('SUCCEEDED'),
    },
  ])
  const final = await until(async () => (await entries(local, '{ $.eventType = "ReportFinal*" }'))[0])
  expect(final).toMatchObject({ eventType: 'ReportFinalJobExecutionCount', logLevel: 'INFO', jobId: 'logged' })
  expect(final.details).toContain('SUCCEEDED job execution count: 1')
  expect(final).not.toHaveProperty('traceId')
})

test('what becomes of executions is counted by job', async () => {
  const cloudwatch = new CloudWatchClient(local.sdk)
  const sum = async (MetricName: string) => {
    const { Datapoints = [] } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/IoT',
        MetricName,
        Dimensions: [{ Name: 'JobId', Value: 'logged' }],
        StartTime: new Date(Date.now() - 3_600_000),
        EndTime: new Date(Date.now() + 60_000),
        Period: 7_200,
        Statistics: ['Sum'],
      }),
    )
    return Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0)
  }
  expect(await sum('QueuedJobExecutionCount')).toBe(1)
  expect(await sum('InProgressJobExecutionCount')).toBe(1)
  expect(await sum('SuccededJobExecutionCount')).toBe(1) // AWS's spelling
  expect(await sum('ClientErrorCount')).toBe(1)
  cloudwatch.destroy()
})
