/**
 * What a session of an unauthenticated identity can do at most, whatever its role allows: one policy that Cognito puts
 * into the session and the managed `AmazonCognitoUnAuthedIdentitiesSessionPolicy` beside it, which are pooled. In the basic
 * flow nothing is cut.
 * @see Amazon Cognito developer guide, "IAM roles", "Access policies for unauthenticated identities"
 */
export const UNAUTHENTICATED_SESSION: readonly string[] = [
  allow(
    'cloudwatch cognito-idp cognito-identity cognito-sync dynamodb execute-api gamelift iot kinesis lambda lex logs ' +
      'machinelearning mobileanalytics s3 scs sdb ses sns sqs',
  ),
  allow('comprehend firehose mobiletargeting personalize polly rekognition transcribe translate', [
    'rum:PutRumEvents',
    'sagemaker:InvokeEndpoint',
    'geo:GetMap*',
    'geo:SearchPlaceIndex*',
    'geo:GetPlace',
    'geo:CalculateRoute*',
  ]),
]

function allow(services: string, actions: readonly string[] = []): string {
  const Action = [...services.split(' ').map((service) => `${service}:*`), ...actions]
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
}
