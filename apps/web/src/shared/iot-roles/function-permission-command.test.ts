import { expect, test } from 'vitest'
import { functionPermissionCommand } from './function-permission-command.ts'

const FUNCTION = 'arn:aws:lambda:eu-central-1:123456789012:function:check'
const SOURCE = 'arn:aws:iot:eu-central-1:123456789012:authorizer/by,token'

test('a function is opened for one resource of one account', () => {
  expect(functionPermissionCommand(FUNCTION, { statementId: 'iot-authorizer-by,token', sourceArn: SOURCE })).toBe(
    [
      `aws lambda add-permission --function-name ${FUNCTION} \\`,
      '  --statement-id iot-authorizer-by-token --action lambda:InvokeFunction --principal iot.amazonaws.com \\',
      `  --source-account 123456789012 --source-arn ${SOURCE}`,
    ].join('\n'),
  )
})

test('a version or alias is named by itself, and so is a server that is not AWS', () => {
  const text = functionPermissionCommand(
    `${FUNCTION}:live`,
    { statementId: `iot-rule-${'a'.repeat(200)}`, sourceArn: SOURCE },
    'http://localhost:7400',
  )
  expect(text).toContain(`--function-name ${FUNCTION} \\\n  --qualifier live \\`)
  expect(text).toContain('--endpoint-url http://localhost:7400')
  expect(/--statement-id (\S+)/.exec(text)?.[1]).toHaveLength(100)
})
