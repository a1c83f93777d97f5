package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func main() {
	fmt.Printf("%s/%s\n", aws.SDKName, aws.SDKVersion)
	settings, err := config.LoadDefaultConfig(context.Background())
	if err == nil {
		_, err = sts.NewFromConfig(settings).GetCallerIdentity(context.Background(), nil)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
