import * as iot from '@aws-sdk/client-iot'
import type { Area, Check } from '../check.ts'
import { makeRequest } from '../identity.ts'

const document = (...statements: readonly [effect: 'Allow' | 'Deny', action: string, resource: string][]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(([Effect, Action, Resource]) => ({ Effect, Action, Resource })),
  })

const versions: Check = {
  id: 'versions',
  does: 'Versions of a policy: five, which is the default, and what cannot be deleted',
  async run({ iot: client, name, refused, arn }) {
    const policyName = name('device')
    const policyDocument = document(['Allow', 'iot:Connect', arn('client/a')])
    const created = await client.send(new iot.CreatePolicyCommand({ policyName, policyDocument }))
    const taken = await refused(client.send(new iot.CreatePolicyCommand({ policyName, policyDocument })))
    const version = (setAsDefault: boolean) =>
      client.send(new iot.CreatePolicyVersionCommand({ policyName, policyDocument, setAsDefault }))
    const second = await version(true)
    for (let number = 3; number <= 5; number += 1) await version(false)
    const sixth = await refused(version(false))
    const listed = await client.send(new iot.ListPolicyVersionsCommand({ policyName }))
    const defaultDeleted = await refused(
      client.send(new iot.DeletePolicyVersionCommand({ policyName, policyVersionId: '2' })),
    )
    const withVersions = await refused(client.send(new iot.DeletePolicyCommand({ policyName })))
    await client.send(new iot.SetDefaultPolicyVersionCommand({ policyName, policyVersionId: '1' }))
    const policy = await client.send(new iot.GetPolicyCommand({ policyName }))
    await client.send(new iot.DeletePolicyVersionCommand({ policyName, policyVersionId: '2' }))
    const seventh = await version(false)
    const noSuchVersion = await refused(
      client.send(new iot.GetPolicyVersionCommand({ policyName, policyVersionId: '99' })),
    )
    return {
      created: [created.policyArn, created.policyVersionId],
      second: [second.policyVersionId, second.isDefaultVersion],
      listed: listed.policyVersions?.map(({ versionId, isDefaultVersion }) => [versionId, isDefaultVersion]),
      default: [policy.defaultVersionId, policy.policyDocument],
      'after one was deleted': seventh.policyVersionId,
      ...{ taken, sixth, defaultDeleted, withVersions, noSuchVersion },
    }
  },
}

const documents: Check = {
  id: 'documents',
  does: 'Documents that are no policy',
  async run({ iot: client, name, refused }) {
    const make = (policyDocument: string) =>
      refused(client.send(new iot.CreatePolicyCommand({ policyName: name('none'), policyDocument })))
    return {
      'no JSON': await make('./policy.json'),
      'no statement': await make('{"Version":"2012-10-17"}'),
      'another version': await make('{"Version":"2011-01-01","Statement":[]}'),
      'an effect that is none': await make(
        '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe","Action":"iot:*","Resource":"*"}]}',
      ),
      'no resource': await make('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*"}]}'),
      'more than 2048 characters': await make(
        document(['Allow', 'iot:Connect', `arn:aws:iot:us-east-1:123456789012:client/${'c'.repeat(2_100)}`]),
      ),
      'blanks do not count': await make(`${document(['Deny', 'iot:Connect', '*'])}${' '.repeat(2_500)}`),
    }
  },
}

const attachments: Check = {
  id: 'attachments',
  does: 'Policies attached to a certificate and by a group, effective policies, and deletion while attached',
  async run({ iot: client, name, refused, arn, until }) {
    const [own, ofGroup, ofParent] = [name('own'), name('group'), name('parent')]
    for (const policyName of [own, ofGroup, ofParent]) {
      const policyDocument = document(['Allow', 'iot:Connect', arn(`client/${policyName}`)])
      await client.send(new iot.CreatePolicyCommand({ policyName, policyDocument }))
    }
    const { request: certificateSigningRequest } = await makeRequest(name('device'))
    const { certificateArn: principal = '' } = await client.send(
      new iot.CreateCertificateFromCsrCommand({ certificateSigningRequest }),
    )
    const thingName = name('pump')
    await client.send(new iot.CreateThingCommand({ thingName }))
    const parentGroupName = name('plant')
    const { thingGroupArn: parentArn } = await client.send(
      new iot.CreateThingGroupCommand({ thingGroupName: parentGroupName }),
    )
    const thingGroupName = name('hall')
    const { thingGroupArn } = await client.send(new iot.CreateThingGroupCommand({ thingGroupName, parentGroupName }))
    await client.send(new iot.AddThingToThingGroupCommand({ thingName, thingGroupName }))
    await client.send(new iot.AttachThingPrincipalCommand({ thingName, principal }))
    await client.send(new iot.AttachPolicyCommand({ policyName: own, target: principal }))
    await client.send(new iot.AttachPolicyCommand({ policyName: own, target: principal }))
    await client.send(new iot.AttachPolicyCommand({ policyName: ofGroup, target: thingGroupArn }))
    await client.send(new iot.AttachPolicyCommand({ policyName: ofParent, target: parentArn }))
    const effective = await until('three policies are effective', async () => {
      const { effectivePolicies = [] } = await client.send(
        new iot.GetEffectivePoliciesCommand({ thingName, principal }),
      )
      return effectivePolicies.length === 3 ? effectivePolicies.map(({ policyName }) => policyName) : undefined
    })
    const direct = await client.send(new iot.ListAttachedPoliciesCommand({ target: thingGroupArn }))
    const recursive = await client.send(new iot.ListAttachedPoliciesCommand({ target: thingGroupArn, recursive: true }))
    const targets = await client.send(new iot.ListTargetsForPolicyCommand({ policyName: own }))
    const attached = await refused(client.send(new iot.DeletePolicyCommand({ policyName: own })))
    const certificateId = principal.split('/')[1]
    const policyOnCertificate = await refused(client.send(new iot.DeleteCertificateCommand({ certificateId })))
    const names = (policies: readonly iot.Policy[] = []) => policies.map(({ policyName }) => policyName).toSorted()
    return {
      effective: effective.toSorted(),
      ...{ direct: names(direct.policies), recursive: names(recursive.policies), targets: targets.targets },
      ...{ attached, policyOnCertificate },
      'attached to a principal that is a group': await refused(
        client.send(new iot.AttachPrincipalPolicyCommand({ policyName: own, principal: thingGroupArn })),
      ),
      'a policy that is not there': await refused(
        client.send(new iot.AttachPolicyCommand({ policyName: name('none'), target: principal })),
      ),
    }
  },
}

const decisions: Check = {
  id: 'decisions',
  does: 'TestAuthorization: allowed, denied explicitly and implicitly, with variables',
  async run({ iot: client, name, arn }) {
    const { request: certificateSigningRequest } = await makeRequest(name('device'))
    const { certificateArn: principal } = await client.send(
      new iot.CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive: true }),
    )
    const policyName = name('own')
    const topic = name('topic')
    const policyDocument = document(
      ['Allow', 'iot:Connect', arn('client/${iot:ClientId}')],
      ['Allow', 'iot:Publish', arn(`topic/${topic}/*`)],
      ['Deny', 'iot:Publish', arn(`topic/${topic}/secret`)],
      ['Allow', 'iot:Subscribe', arn(`topicfilter/${topic}/\${iot:ClientId}/#`)],
    )
    await client.send(new iot.CreatePolicyCommand({ policyName, policyDocument }))
    await client.send(new iot.AttachPolicyCommand({ policyName, target: principal }))
    const clientId = name('client')
    const ask = (actionType: iot.ActionType, resource: string) => ({ actionType, resources: [arn(resource)] })
    const { authResults = [] } = await client.send(
      new iot.TestAuthorizationCommand({
        principal,
        clientId,
        authInfos: [
          ask('CONNECT', `client/${clientId}`),
          ask('PUBLISH', `topic/${topic}/data`),
          ask('PUBLISH', `topic/${topic}/secret`),
          ask('PUBLISH', 'topic/elsewhere'),
          ask('SUBSCRIBE', `topicfilter/${topic}/${clientId}/#`),
          ask('SUBSCRIBE', `topicfilter/${topic}/other/#`),
          ask('RECEIVE', `topic/${topic}/data`),
        ],
      }),
    )
    const names = (policies: readonly iot.Policy[] = []) => policies.map((policy) => policy.policyName)
    return {
      decisions: authResults.map(({ authInfo, authDecision, allowed, denied, missingContextValues }) => ({
        asked: [authInfo?.actionType, authInfo?.resources?.[0]],
        decision: authDecision,
        allowed: names(allowed?.policies),
        'denied explicitly': names(denied?.explicitDeny?.policies),
        'denied implicitly': names(denied?.implicitDeny?.policies),
        missingContextValues,
      })),
    }
  },
}

export const policies: Area = { name: 'policies', checks: [versions, documents, attachments, decisions] }
