import { DescribeThingRegistrationTaskCommand, IoTClient, ResourceNotFoundException } from '@aws-sdk/client-iot'
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
