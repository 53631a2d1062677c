import {
  DescribeThingRegistrationTaskCommand,
  IoTClient,
  ResourceNotFoundException,
  StartThingRegistrationTaskCommand,
} from '@aws-sdk/client-iot'
import { S3Client } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { RegistrationTasksAws } from './registration-tasks-aws.ts'

test('a task that is gone between the list and the look at it is left out, and the others are there', async () => {
  const iot = new IoTClient({ region: 'us-east-1' })
  iot.send = async (command: unknown) => {
    if (!(command instanceof DescribeThingRegistrationTaskCommand)) return { taskIds: ['a', 'gone', 'b'] }
    const { taskId } = command.input
    if (taskId === 'gone') throw new ResourceNotFoundException({ message: 'Task not found', $metadata: {} })
    return { status: 'Completed' }
  }
  const tasks = new RegistrationTasksAws(iot, new S3Client({ region: 'us-east-1' }))
  expect((await tasks.list({})).tasks.map(({ taskId }) => taskId)).toEqual(['a', 'b'])
})

test('of the same file one task goes on at a time, however often it is begun; by another template, another one does', async () => {
  const iot = new IoTClient({ region: 'us-east-1' })
  const going: object[] = []
  iot.send = async (command: unknown) => {
    if (command instanceof StartThingRegistrationTaskCommand) return { taskId: `task-${going.push(command.input) - 1}` }
    if (command instanceof DescribeThingRegistrationTaskCommand)
      return { status: 'InProgress', ...going[Number(command.input.taskId?.slice('task-'.length))] }
    return { taskIds: going.map((_, index) => `task-${index}`) }
  }
  const tasks = new RegistrationTasksAws(iot, new S3Client({ region: 'us-east-1' }))
  const request = { templateBody: '{}', inputFileBucket: 'files', inputFileKey: 'pumps.jsonl', roleArn: 'role' }
  const [first, second] = await Promise.allSettled([tasks.start(request), tasks.start(request)])
  expect(first).toMatchObject({ value: { taskId: 'task-0' } })
  expect(second).toMatchObject({
    reason: {
      code: 'BEING_REGISTERED',
      message: expect.stringContaining('task-0 registers the things of s3://files/'),
    },
  })
  expect(await tasks.start({ ...request, templateBody: '{ }' })).toEqual({ taskId: 'task-1' })
})
