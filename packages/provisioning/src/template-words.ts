/** What each part of a template is for, one sentence each (AWS IoT Core developer guide, "Provisioning templates"). */
type Words = Readonly<Record<string, string>>

export const SECTION_WORDS: Words = {
  Parameters: 'What a device, or whoever registers it, gives; AWS IoT fills in those that begin with AWS::IoT::.',
  Mappings: 'Tables of texts by two keys, for Fn::FindInMap.',
  Resources: 'What is made or changed: a thing, its certificate, policies.',
  DeviceConfiguration: 'What the device is sent once it is registered.',
}

export const RESOURCE_MEMBER_WORDS: Words = {
  Type: 'What kind of resource it is.',
  Properties: 'How it is to be.',
  OverrideSettings: 'What happens where it is there already.',
}

export const RESOURCE_TYPE_WORDS = {
  'AWS::IoT::Thing': 'The thing that the device is.',
  'AWS::IoT::Certificate': 'The certificate that the device connects with.',
  'AWS::IoT::Policy': 'What the certificate may do.',
} as const satisfies Words
export type ResourceType = keyof typeof RESOURCE_TYPE_WORDS

export const PROPERTY_WORDS: Readonly<Record<ResourceType, Words>> = {
  'AWS::IoT::Thing': {
    ThingName: 'The name of the thing, required.',
    AttributePayload: 'Its attributes, by name.',
    ThingTypeName: 'Its type, which must be there.',
    ThingGroups: 'Static groups that it is in, which must be there.',
    BillingGroup: 'Its billing group, which must be there.',
    PackageVersions: 'Software packages with the version that it comes with.',
  },
  'AWS::IoT::Certificate': {
    CertificateId: 'The certificate that is registered: Ref of AWS::IoT::Certificate::Id.',
    CertificateSigningRequest: 'A request that AWS IoT signs: in bulk registration.',
    CertificatePem: 'A certificate of your own CA: in bulk registration.',
    CACertificatePem: 'The CA that signed CertificatePem.',
    Status: 'ACTIVE, so that the device can connect, or INACTIVE.',
    ThingPrincipalType: 'EXCLUSIVE_THING: the certificate is this thing alone.',
  },
  'AWS::IoT::Policy': {
    PolicyName: 'A policy that is there.',
    PolicyDocument: 'A policy by its document, as a text of JSON; the same document is the same policy.',
  },
}

export const FUNCTION_WORDS: Readonly<Record<string, { readonly words: string; readonly json: string }>> = {
  Ref: { words: 'The value of a parameter.', json: '{ "Ref": "" }' },
  'Fn::Join': { words: 'Texts put together.', json: '{ "Fn::Join": ["", ["", { "Ref": "" }]] }' },
  'Fn::Sub': { words: 'A text in which ${PARAMETER} is filled in.', json: '{ "Fn::Sub": "" }' },
  'Fn::Select': { words: 'One of a list, from 0.', json: '{ "Fn::Select": ["0", []] }' },
  'Fn::Split': { words: 'A list of the parts of a text.', json: '{ "Fn::Split": ["-", { "Ref": "" }] }' },
  'Fn::FindInMap': { words: 'A text of Mappings.', json: '{ "Fn::FindInMap": ["", "", ""] }' },
}

export const ACTION_WORDS: Words = {
  DO_NOTHING: 'What is there stays.',
  REPLACE: 'What the template says takes its place.',
  MERGE: 'What the template says is added; the same names get its values.',
  FAIL: 'Provisioning fails.',
}

export const PSEUDO_WORDS: Words = {
  'AWS::IoT::Certificate::Id': 'The id of the certificate that is registered.',
  'AWS::IoT::Certificate::Country': 'C of the subject of the certificate.',
  'AWS::IoT::Certificate::Organization': 'O of the subject of the certificate.',
  'AWS::IoT::Certificate::OrganizationalUnit': 'OU of the subject of the certificate.',
  'AWS::IoT::Certificate::DistinguishedNameQualifier': 'dnQualifier of the subject of the certificate.',
  'AWS::IoT::Certificate::StateName': 'ST of the subject of the certificate.',
  'AWS::IoT::Certificate::CommonName': 'CN of the subject of the certificate.',
  'AWS::IoT::Certificate::SerialNumber': 'serialNumber of the subject: not the serial number of the certificate.',
}
