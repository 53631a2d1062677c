import { arnPrefix, type PolicyHome } from '@thingdeck/policies'

/** How devices come by their certificate: AWS IoT makes the keys, or the device does. */
export type CertificateWay = 'keys' | 'csr' | 'both'

interface ClaimPolicy {
  readonly templateName: string
  /** What client ids of the line begin with. */
  readonly clientIdPrefix: string
  readonly way: CertificateWay
}

/**
 * The least that a claim certificate needs for one template: its client ids, the topics that certificates are asked for
 * on, and those of the template.
 * @see AWS IoT Core developer guide, "Provisioning by claim"
 */
export function claimPolicy({ templateName, clientIdPrefix, way }: ClaimPolicy, home: PolicyHome): string {
  const topics = [
    ...(way === 'csr' ? [] : ['$aws/certificates/create/*']),
    ...(way === 'keys' ? [] : ['$aws/certificates/create-from-csr/*']),
    `$aws/provisioning-templates/${templateName}/provision/*`,
  ]
  const arns = (kind: string) => topics.map((topic) => `${arnPrefix(home)}${kind}/${topic}`)
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iot:Connect', Resource: `${arnPrefix(home)}client/${clientIdPrefix}*` },
        { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: arns('topic') },
        { Effect: 'Allow', Action: 'iot:Subscribe', Resource: arns('topicfilter') },
      ],
    },
    undefined,
    2,
  )
}
