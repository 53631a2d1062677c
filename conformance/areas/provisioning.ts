import * as iot from '@aws-sdk/client-iot'
import type { Area, Check } from '../check.ts'
import { makeRequest } from '../identity.ts'

const byClaim: Check = {
  id: 'by-claim',
  does: 'A device asks for a certificate with its claim, is registered by a template, and connects as what it is',
  async run(context) {
    const { iot: client, name, role, device, identity, note, noteCertificate, arn, until } = context
    const policyName = name('provisioned')
    const policyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/${name('')}*`) }],
    })
    await client.send(new iot.CreatePolicyCommand({ policyName, policyDocument }))
    const templateName = `${name('').slice(0, 33)}t`
    const templateBody = JSON.stringify({
      Parameters: { Serial: { Type: 'String' } },
      Resources: {
        thing: {
          Type: 'AWS::IoT::Thing',
          Properties: { ThingName: { 'Fn::Join': ['', [`${name('')}-`, { Ref: 'Serial' }]] } },
        },
        certificate: {
          Type: 'AWS::IoT::Certificate',
          Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'Active' },
        },
        policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: policyName } },
      },
      DeviceConfiguration: { site: 'north' },
    })
    const provisioningRoleArn = await role()
    await until('the role may be assumed', async () => {
      try {
        return await client.send(
          new iot.CreateProvisioningTemplateCommand({ templateName, templateBody, provisioningRoleArn, enabled: true }),
        )
      } catch (error) {
        if (error instanceof Error && error.message.includes('cannot be assumed')) return undefined
        throw error
      }
    })
    const topics = ['$aws/certificates/*', `$aws/provisioning-templates/${templateName}/*`]
    const all = (kind: string) => topics.map((topic) => arn(`${kind}/${topic}`))
    const claim = await identity({
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/${name('')}*`) },
          { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: all('topic') },
          { Effect: 'Allow', Action: 'iot:Subscribe', Resource: all('topicfilter') },
        ],
      }),
    })
    const claimed = await device({ identity: claim, clientId: name('claim') })
    const create = '$aws/certificates/create-from-csr/json'
    const provision = `$aws/provisioning-templates/${templateName}/provision/json`
    await claimed.subscribe([create, provision].flatMap((topic) => [`${topic}/accepted`, `${topic}/rejected`]))
    const ask = async (topic: string, request: object, answer: string) => {
      await claimed.publish(topic, request)
      return claimed.payload(`${topic}/${answer}`)
    }
    const { key, request: certificateSigningRequest } = await makeRequest(name('device'))
    noteCertificate(certificateSigningRequest)
    const issued = (await ask(create, { certificateSigningRequest }, 'accepted')) as Issued
    const { certificateOwnershipToken, certificateId, certificatePem } = issued
    const noToken = await ask(provision, { certificateOwnershipToken: 'none', parameters: { Serial: '1' } }, 'rejected')
    const missing = await ask(provision, { certificateOwnershipToken, parameters: {} }, 'rejected')
    note('thing', `${name('')}-1`)
    const registered = await ask(provision, { certificateOwnershipToken, parameters: { Serial: '1' } }, 'accepted')
    const certificateArn = arn(`cert/${certificateId}`)
    await device({ identity: { key, cert: certificatePem, certificateId, certificateArn }, clientId: name('born') })
    const { things } = await client.send(new iot.ListPrincipalThingsCommand({ principal: certificateArn }))
    const rejection = (answer: unknown) => {
      const { statusCode, errorCode, errorMessage: words } = answer as Record<string, unknown>
      return { statusCode, errorCode, words }
    }
    return {
      issued: Object.keys(issued).toSorted(),
      ...{ registered, things },
      'a token that is none': rejection(noToken),
      'a parameter is missing': rejection(missing),
    }
  },
}

/** The answer to a signing request (AWS IoT developer guide, "Device provisioning MQTT API"). */
interface Issued {
  readonly certificateOwnershipToken: string
  readonly certificateId: string
  readonly certificatePem: string
}

export const provisioning: Area = { name: 'provisioning', checks: [byClaim] }
