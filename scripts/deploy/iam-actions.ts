/** The prefix of an API's actions, where it is not the name of its client. */
const PREFIXES: Readonly<Record<string, string>> = {
  'cloudwatch-logs': 'logs',
  'iot-data-plane': 'iot',
  'iot-jobs-data-plane': 'iot',
  sfn: 'states',
}

/** Operations that are not asked about under their own name, with those that they are asked about; none: nobody asks. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // "You do not need any credentials to call this API" (Amazon Cognito Federated Identities API reference).
  'cognito-identity:GetId': [],
  'cognito-identity:GetCredentialsForIdentity': [],
  // The console clears retained messages by an empty one (AWS IoT guide, "Retained messages": iot:RetainPublish).
  'iot-data-plane:Publish': ['iot:Publish', 'iot:RetainPublish'],
  'lambda:Invoke': ['lambda:InvokeFunction'],
  's3:ListBuckets': ['s3:ListAllMyBuckets'],
}

/** Actions that AWS asks about beside that of an operation, by the operations of which that is so. */
export const ASKED_BESIDE: Readonly<Record<string, readonly string[]>> = {
  // Whoever hands a role to AWS IoT needs it (IAM user guide, "Granting a user permissions to pass a role").
  'iam:PassRole': [
    'iot:CreateCommand',
    'iot:CreateJob',
    'iot:CreateJobTemplate',
    'iot:CreateProvisioningTemplate',
    'iot:CreateRoleAlias',
    'iot:CreateStream',
    'iot:CreateTopicRule',
    'iot:CreateTopicRuleDestination',
    'iot:RegisterCACertificate',
    'iot:ReplaceTopicRule',
    'iot:SetV2LoggingOptions',
    'iot:StartThingRegistrationTask',
    'iot:UpdateCACertificate',
    'iot:UpdateJob',
    'iot:UpdatePackageConfiguration',
    'iot:UpdateProvisioningTemplate',
    'iot:UpdateRoleAlias',
    'iot:UpdateStream',
  ],
  // A server certificate of one's own (AWS IoT guide, "Creating and configuring AWS IoT domain configurations").
  'acm:DescribeCertificate': ['iot:CreateDomainConfiguration'],
}

/**
 * The IAM actions that AWS asks about an operation.
 * @param operation as `calledOperations` names it: `iot-data-plane:GetThingShadow`
 * @returns `['iot:GetThingShadow']`
 * @see Service Authorization Reference
 */
export function iamActionsOf(operation: string): readonly string[] {
  const [client = '', name = ''] = operation.split(':')
  return EXCEPTIONS[operation] ?? [`${PREFIXES[client] ?? client}:${name}`]
}
