import { readFile } from 'node:fs/promises'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import mqtt from 'mqtt'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const ACCOUNT = `${stack.sdk.region}:123456789012`

test('an authorizer is made with signing, a wrong token is told at its step, and a right one connects', async ({
  page,
}) => {
  const name = freshName('e2e-token')
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/create-authorizer')

  // The function is the one that the page offers.
  await page.getByRole('button', { name: 'A function to begin with' }).click()
  const code = await page.getByRole('region', { name: 'Commands: Function to begin with' }).locator('pre').textContent()
  const lambda = new LambdaClient(stack.sdk)
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 30,
      Role: 'arn:aws:iam::123456789012:role/functions',
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8(code ?? '') }) },
    }),
  )
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Function', { exact: true }).fill(`arn:aws:lambda:${ACCOUNT}:function:${name}`)
  await page.getByRole('button', { name: 'Create authorizer' }).click()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the private key' }).click()
  const privateKey = await readFile(await (await download).path(), 'utf8')
  await expect(page.getByText('The function has no policy')).toBeVisible()
  await expect(page.getByText('aws lambda add-permission')).toBeVisible()
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: name,
      StatementId: `iot-authorizer-${name}`,
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
      SourceAccount: '123456789012',
      SourceArn: `arn:aws:iot:${ACCOUNT}:authorizer/${name}`,
    }),
  )
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText('AWS IoT may invoke it for this authorizer')).toBeVisible()
  await page.getByRole('link', { name: 'Show authorizer' }).click()
  await expect(page.getByText('RSA, 2048 bits')).toBeVisible()

  await page.getByRole('link', { name: 'Try out' }).click()
  await page.getByLabel('Client id').fill('pump-e2e')
  await page.getByLabel('Token', { exact: true }).fill('a-token')
  await page.getByLabel('Private key', { exact: true }).fill(privateKey)
  await page.getByRole('button', { name: 'Put into the credentials' }).click()
  const step = (number: number) => page.getByRole('region', { name: new RegExp(`^Step ${number}:`) })
  await expect(step(3)).toContainText('The public key key-1 verifies it')

  const userName = page.getByLabel('User name')
  const right = await userName.inputValue()
  await userName.fill(right.replace('token=a-token', 'token=another'))
  await expect(step(3)).toContainText('The signature is not that of this token')
  await expect(page.getByRole('button', { name: 'Run the function' })).toBeDisabled()
  await userName.fill(right)
  await page.getByRole('button', { name: 'Run the function' }).click()
  await expect(step(5)).toContainText('It lets the client in')
  await expect(step(6)).toContainText('All of this is allowed')
  expect(page.url()).not.toContain('a-token')

  // What was tried is what a device sends.
  const client = await mqtt.connectAsync(`mqtts://localhost:${stack.ports.https}`, {
    clientId: 'pump-e2e',
    username: right,
    ALPNProtocols: ['mqtt'],
    servername: 'localhost',
    ca: await (await fetch(await rootCaUrl())).text(),
    reconnectPeriod: 0,
    protocolVersion: 5,
  })
  await client.publishAsync('dt/pump-e2e/telemetry', '{"flow":1}', { qos: 1 })
  await client.endAsync()
  lambda.destroy()

  async function rootCaUrl(): Promise<string> {
    const answer = await page.request.get('/api/overview/device-endpoint')
    const { rootCaUrl: url }: { readonly rootCaUrl: string } = await answer.json()
    return url
  }
})
