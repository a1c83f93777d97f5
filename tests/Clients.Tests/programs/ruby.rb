require "aws-sdk-core"

puts "aws-sdk-core/#{Aws::CORE_GEM_VERSION}"
# This SDK takes a proxy from its settings only.
Aws.config[:http_proxy] = ENV.fetch("HTTPS_PROXY")
Aws::STS::Client.new.get_caller_identity
