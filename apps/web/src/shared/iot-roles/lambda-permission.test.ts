import { expect, test } from 'vitest'
import { lambdaPermissionAsCli } from './lambda-permission.tsx'

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:let-in'
const USER = {
  statementId: 'iot-provisioning-pumps',
  sourceArn: 'arn:aws:iot:us-east-1:123456789012:provisioningtemplate/pumps',
  accountId: '123456789012',
}
const COMMAND = `aws lambda add-permission --function-name ${FUNCTION} \\
  --statement-id iot-provisioning-pumps --action lambda:InvokeFunction --principal iot.amazonaws.com \\
  --source-account 123456789012 --source-arn ${USER.sourceArn}`

test('the command goes to AWS', () => {
  expect(lambdaPermissionAsCli(FUNCTION, USER)).toBe(COMMAND)
})

test('elsewhere it goes where the console reads, not to AWS', () => {
  expect(lambdaPermissionAsCli(FUNCTION, USER, 'http://localhost:7400')).toBe(
    `${COMMAND} \\\n  --endpoint-url http://localhost:7400`,
  )
})
