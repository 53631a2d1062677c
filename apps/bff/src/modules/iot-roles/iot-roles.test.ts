import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { createIotRoles } from './iot-roles.ts'

const HOME = { partition: 'aws', region: 'us-east-1', accountId: '123456789012' }
const BOUNDARY = 'arn:aws:iam::123456789012:policy/iot-roles'

/** The real client, whose requests end here. */
function recordingClient() {
  const asked: { readonly name: string; readonly input: object }[] = []
  const iam = new IAMClient({ region: 'us-east-1' })
  iam.middlewareStack.add(
    (_, { commandName = '' }) =>
      async ({ input }) => {
        asked.push({ name: commandName, input })
        return { output: { $metadata: {} }, response: {} }
      },
    { step: 'initialize', priority: 'high' },
  )
  return { iam, asked }
}

test.each([BOUNDARY, undefined])('a role is made within the boundary that is demanded: %s', async (boundary) => {
  const { iam, asked } = recordingClient()
  const roles = createIotRoles(iam, HOME, boundary)
  await roles.create({
    purpose: 'rule',
    roleName: 'pumps',
    permissions: [{ action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:123456789012:q' }],
  })
  const made = asked.find(({ name }) => name === CreateRoleCommand.name)?.input
  expect(made).toHaveProperty('RoleName', 'pumps')
  expect(Reflect.get(made ?? {}, 'PermissionsBoundary')).toBe(boundary)
  expect((await roles.list()).boundary).toBe(boundary)
})
