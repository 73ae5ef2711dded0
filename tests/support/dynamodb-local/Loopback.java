import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in memory, or in the folder that the second argument names: one database for all credentials and regions, on 127.0.0.1 alone. Its own
 * command line listens on every interface and reports its use. Ends with its standard input, so it never outlives the tests.
 */
public class Loopback {
    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.eclipse.jetty.LEVEL", "WARN");
        String folder = arguments.length > 1 ? arguments[1] : null;
        Server server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
        server.setHandler(new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(0, folder == null, folder, true, false), null));
        server.start();
        while (System.in.read() >= 0) { }
        System.exit(0);
    }
}
