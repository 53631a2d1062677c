import type { PolicyDocument } from '@thingdeck/policies'
import { parsePolicyDocument } from '@thingdeck/policies'
import { type Account, arnOf } from '../../foundation/account.ts'

/**
 * What a claim made by CreateProvisioningClaim allows, with no policy attached to it: to connect, to ask for a
 * certificate, and to be provisioned by the one template. AWS does not say what it allows; this is what its guide gives
 * to claims of a production line.
 * @see AWS IoT developer guide, "Provisioning by claim"
 */
export function claimPolicy(account: Account, templateName: string): PolicyDocument {
  const topics = [
    '$aws/certificates/create/*',
    '$aws/certificates/create-from-csr/*',
    `$aws/provisioning-templates/${templateName}/provision/*`,
  ]
  const each = (kind: string) => topics.map((topic) => arnOf(account, 'iot', `${kind}/${topic}`))
  return parsePolicyDocument(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iot:Connect', Resource: arnOf(account, 'iot', 'client/*') },
        { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: each('topic') },
        { Effect: 'Allow', Action: 'iot:Subscribe', Resource: each('topicfilter') },
      ],
    }),
  )
}
