import {
  CognitoIdentityClient,
  CreateIdentityPoolCommand,
  GetOpenIdTokenForDeveloperIdentityCommand,
  SetIdentityPoolRolesCommand,
} from '@aws-sdk/client-cognito-identity'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AttachPolicyCommand, CreatePolicyCommand, IoTClient } from '@aws-sdk/client-iot'
import { expectAccessible } from './accessible.ts'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })

/** A pool with one identity, whose role may publish to one hall alone, and a policy that allows everything. */
async function makePool(name: string): Promise<string> {
  const cognito = new CognitoIdentityClient(stack.sdk)
  const iam = new IAMClient(stack.sdk)
  const iot = new IoTClient(stack.sdk)
  const { IdentityPoolId } = await cognito.send(
    new CreateIdentityPoolCommand({
      IdentityPoolName: name,
      AllowUnauthenticatedIdentities: false,
      DeveloperProviderName: 'login.plant',
    }),
  )
  const trust = {
    Effect: 'Allow',
    Principal: { Federated: 'cognito-identity.amazonaws.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
  }
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document(trust) }))
  const hall = 'arn:aws:iot:us-east-1:123456789012:topic/dt/hall-2/*'
  const PolicyDocument = document(
    { Effect: 'Allow', Action: 'iot:Publish', Resource: hall },
    { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' },
  )
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'mqtt', PolicyDocument }))
  await cognito.send(new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: { authenticated: Role?.Arn ?? '' } }))
  const policyDocument = document({ Effect: 'Allow', Action: 'iot:*', Resource: '*' })
  await iot.send(new CreatePolicyCommand({ policyName: name, policyDocument }))
  const { IdentityId = '' } = await cognito.send(
    new GetOpenIdTokenForDeveloperIdentityCommand({ IdentityPoolId, Logins: { 'login.plant': 'nina' } }),
  )
  await iot.send(new AttachPolicyCommand({ policyName: name, target: IdentityId }))
  for (const client of [cognito, iam, iot]) client.destroy()
  return IdentityId
}

test('an identity is found in its pool, and its role and its IoT policies are checked beside each other', async ({
  page,
}) => {
  const name = freshName('tablets')
  const identityId = await makePool(name)
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/identities')
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('tab', { name: 'Identities' }).click()
  await page.getByRole('link', { name: identityId }).click()
  await page.getByRole('tab', { name: 'IoT policies' }).click()
  await expect(page.getByRole('grid', { name: 'IoT policies' }).getByRole('link', { name, exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Check what it may do' }).click()
  await expect(grace.heading('Simulator')).toBeVisible()
  await expect(page.getByText('IAM policies: mqtt (inline)')).toBeVisible()
  const topic = page.getByRole('textbox', { name: 'client id of check 1' })
  await topic.fill('tablet')
  await topic.press('Enter')
  await expect(page.getByText(/^Allowed: IAM policies of role\/.+ and IoT policies allow it$/)).toBeVisible()

  const asked = new URLSearchParams({
    as: 'cognito',
    identity: identityId,
    iam: `role/${name}`,
    client: 'tablet',
    check: 'iot:Publish dt/hall-3/t',
  })
  await grace.enter('Grace', `/simulator?${asked}`)
  await expect(page.getByText(`Refused by IAM policies of role/${name}; IoT policies would allow it`)).toBeVisible()
  await expect(page.getByRole('region', { name: 'IoT policies' }).getByText('is allowed')).toBeVisible()
})

test('an identity pool is made in the console, and gives the role that it was given', async ({ page }) => {
  const name = freshName('pool')
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/create-identity-pool')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('button', { name: 'Add login provider' }).click()
  await page
    .getByRole('textbox', { name: /Name of the login provider/ })
    .fill('cognito-idp.us-east-1.amazonaws.com/us-east-1_a')
  await page.getByRole('textbox', { name: /Client id/ }).fill('app1')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create identity pool' }).click()

  await expect(grace.heading(`Roles of ${name}`)).toBeVisible()
  await page.getByRole('radio', { name: /^Found by rules/ }).click()
  await page.getByRole('button', { name: 'Add rule' }).click()
  await page.getByRole('textbox', { name: /Claim of a rule/ }).fill('cognito:groups')
  await page.getByRole('textbox', { name: /Value of a rule/ }).fill('fitters')
  const role = 'arn:aws:iam::123456789012:role/thingdeck-viewer'
  await page.getByRole('combobox', { name: /Gives the role/ }).fill(role)
  await page.keyboard.press('Tab')
  await expect(page.getByText(/^Its trust policy does not let this pool give it to who signed in/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save roles' }).click()
  await expect(page.getByRole('row', { name: /cognito:groups is fitters .*thingdeck-viewer/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /Everybody else .*None: no credentials/ })).toBeVisible()
})
