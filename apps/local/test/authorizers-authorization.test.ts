import { type NeedRow, testNeeds } from './support/limited-role.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012:'
const authorizer = `${ARN}authorizer/a`
const a = { authorizerName: 'a' }
const authorizerFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:f'
/** The end of the ARN is AWS's, which nobody knows of one that is not there. */
const domain = `${ARN}domainconfiguration/d/*`
const d = { domainConfigurationName: 'd' }
const endpoint = { domainConfigurationName: 'iot:Jobs' }

/** Source: Service Authorization Reference, "Actions defined by AWS IoT". */
const ROWS: readonly NeedRow[] = [
  ['ClearDefaultAuthorizer', {}, []],
  ['CreateAuthorizer', { ...a, authorizerFunctionArn }, [authorizer]],
  ['DeleteAuthorizer', a, [authorizer]],
  ['DescribeAuthorizer', a, [authorizer]],
  ['DescribeDefaultAuthorizer', {}, []],
  ['ListAuthorizers', {}, []],
  ['SetDefaultAuthorizer', a, [authorizer]],
  ['TestInvokeAuthorizer', a, [authorizer]],
  ['UpdateAuthorizer', a, [authorizer]],
  ['CreateDomainConfiguration', { ...d, serviceType: 'JOBS' }, [domain]],
  ['DeleteDomainConfiguration', d, [domain]],
  ['DescribeDomainConfiguration', d, [domain]],
  ['DescribeDomainConfiguration', endpoint, [`${ARN}domainconfiguration/iot:Jobs/00000`]],
  ['ListDomainConfigurations', {}, []],
  ['UpdateDomainConfiguration', d, [domain]],
]

testNeeds(ROWS)
