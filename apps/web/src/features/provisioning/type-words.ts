import type { ProvisioningTemplateType } from '@thingdeck/contract'

export const TYPE_WORDS: Readonly<
  Record<ProvisioningTemplateType, { readonly label: string; readonly short: string; readonly description: string }>
> = {
  FLEET_PROVISIONING: {
    label: 'Fleet provisioning: by a claim',
    short: 'By claim',
    description:
      'A device connects with a claim certificate that many share, or that a trusted person asked for, and gets one of its own.',
  },
  JITP: {
    label: 'Just in time: by your own CA',
    short: 'Just in time (JITP)',
    description:
      'A device comes with a certificate that your registered CA signed; it is provisioned when it connects first. The subject of the certificate gives the parameters.',
  },
}
