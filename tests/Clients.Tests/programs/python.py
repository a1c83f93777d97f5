import boto3

print(f"boto3/{boto3.__version__}")
boto3.client("sts").get_caller_identity()
