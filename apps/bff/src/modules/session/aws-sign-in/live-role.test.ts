import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { mqttStatements, policyOf } from '../mqtt-statements.ts'
import { liveRoleRemedies } from './live-role.ts'

const GUIDE = fileURLToPath(new URL('../../../../../../docs/guides/your-own-account.md', import.meta.url))

/** The longest names that there are: a partition, a region and a client id of its own. */
const LONGEST = {
  arnPrefix: 'arn:aws-us-gov:iot:us-gov-west-1:123456789012',
  clientIds: `thingdeck-${'0'.repeat(20)}-*`,
}

test.each(['viewer', 'operator', 'admin'] as const)('the session policy of a %s is one that AWS takes', (role) => {
  const text = JSON.stringify(policyOf(mqttStatements(role, LONGEST.arnPrefix, LONGEST.clientIds)))
  expect(text.length).toBeLessThanOrEqual(2_048) // AWS STS API reference, "AssumeRole", Policy
})

test('docs/guides/your-own-account.md has the commands that make the role (vitest -u writes them)', async () => {
  const identity = {
    account: '123456789012',
    arn: 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Operators_0123456789abcdef/ada@plant.example',
    userId: `AROA${'A'.repeat(17)}:ada@plant.example`,
  }
  const commands = liveRoleRemedies(identity, 'arn:aws:iot:eu-central-1:123456789012').map(({ command }) => command)
  const guide = await readFile(GUIDE, 'utf8')
  const written = guide.replace(
    /(<!-- made by \S+ -->\n```console\n)[^`]*(```)/,
    (_, before, after) => `${before}${commands.join('\n')}\n${after}`,
  )
  await expect(written).toMatchFileSnapshot(GUIDE)
})
